#include "escapement/observe/columns.h"
#include "escapement/theory/setting.h"

#include "support.h"

namespace escapement::study {

using test::number;

TEST_CASE("sam: events are those of a run, and the first comes earlier at a larger radius") {
  const std::vector<std::string> sets{"d=3", "m=12", "n=8", "eta=1/200"};
  const Result result = test::conducted("sam", sets);
  REQUIRE(result.findings.rows.size() == 3);
  const auto halved = [&](std::size_t i) { return number(result, result.findings.rows[i], "halved"); };
  CHECK(halved(0) > halved(1));
  CHECK(halved(1) > halved(2));
  CHECK(test::fit(result, "exponent in rho of the step that halves the mean norm").estimate < -0.5);

  config::Config config = theory::label_noise_sgd_setting(configure(find_study("sam"), sets, {}));
  theory::set(config, "algorithm", "sam");
  config.sigma = 0;
  config.rho = numeric::Exact(1, 5);
  judge::EngineLaboratory laboratory(1, 0, {});
  double least = 1e300;
  for (std::uint32_t r = 0; r < 2; ++r) {
    // Not halved a record earlier (40 a decade), halved at the step of the table for one of the two.
    const auto norm_at = [&](std::uint64_t step) {
      config.steps = step;
      theory::set(config, "record", "at:[" + std::to_string(step) + "]");
      const auto run = laboratory.trajectory(model::make_instance(config, r));
      return run.records.back().values[static_cast<std::size_t>(observe::Column::mean_norm)]->mid_double();
    };
    const auto step = static_cast<std::uint64_t>(number(result, result.findings.rows[0], "halved_least"));
    least = std::min(least, norm_at(step) / norm_at(0));
    CHECK(norm_at(step * 9 / 10) > norm_at(0) / 2);
  }
  CHECK(least < 0.5);
}

}  // namespace escapement::study

#include "escapement/theory/setting.h"

#include "support.h"

namespace escapement::study {

using test::conducted;
using test::number;

namespace {
const std::vector<std::string> kSmall{"d=4", "n=16", "m=24", "eta=1/500"};
}

TEST_CASE("escape-time: one <= half <= all <= T1, and the exits are those of the run") {
  const Result result = conducted("escape-time", kSmall);
  for (const Row& row : result.findings.rows) {
    CHECK(number(result, row, "one_least") <= number(result, row, "one"));
    CHECK(number(result, row, "one") <= number(result, row, "half"));
    CHECK(number(result, row, "half") <= number(result, row, "all"));
    CHECK(number(result, row, "all_most") <= number(result, row, "T1"));
    CHECK(number(result, row, "loose") == Approx(number(result, row, "T1") / number(result, row, "all")));
  }
  // One replica again, by a run that records nothing but what the first neurons do.
  const Row row = test::rows_with(result, {{"varied", "m"}, {"m", "16"}}).at(0);
  config::Config config = theory::label_noise_sgd_setting(configure(find_study("escape-time"), kSmall, {}));
  config.m = 16;
  config.eta = numeric::Exact(4, 500);
  config.watch = 16;
  config.steps = static_cast<std::uint64_t>(number(result, row, "all_most"));
  judge::EngineLaboratory laboratory(1, 0, {});
  std::uint64_t last = 0;
  for (std::uint32_t r = 0; r < 2; ++r)
    for (const observe::Exit& exit : laboratory.trajectory(model::make_instance(config, r)).exits) {
      REQUIRE(exit.step);
      last = std::max(last, *exit.step);
    }
  CHECK(static_cast<double>(last) == number(result, row, "all_most"));
}

TEST_CASE("escape-time: threads change no cell") {
  const Result one = conducted("escape-time", kSmall, 1), two = conducted("escape-time", kSmall, 2);
  CHECK(one.findings.rows == two.findings.rows);
}

}  // namespace escapement::study

#include "escapement/reduction/slow_flow.h"

#include "escapement/engine/run.h"
#include "escapement/observe/columns.h"
#include "escapement/theory/setting.h"

#include "support.h"

namespace escapement::study {

using numeric::Exact;
using test::number;

namespace {
const std::vector<std::string> kSmall{"d=2", "m=12", "n=12", "sigma=1"};
}

TEST_CASE("slow-flow: the mean of runs is that of the engine, replica by replica") {
  const Result result = test::conducted("slow-flow", kSmall);
  const Row row = test::rows_with(result, {{"eta", "0.02"}, {"tau", "0.125"}}).at(0);
  config::Config config = theory::label_noise_sgd_setting(configure(find_study("slow-flow"), kSmall, {}));
  const Exact step = reduction::slow_time_of_step(config);
  CHECK(step == Exact(1, 5000));
  config.steps = 625;
  double runs = 0, flows = 0;
  for (std::uint32_t r = 0; r < 40; ++r) {
    const model::Instance instance = model::make_instance(config, r);
    const auto column = static_cast<std::size_t>(observe::Column::frobenius_W);
    const double norm = engine::run_instance(instance, {}).final.record.values[column]->mid_double();
    runs += norm * norm / 12 / 40;
    auto flow = reduction::slow_flow_of<double>(instance);
    REQUIRE(flow.advance(0.125) == reduction::FlowEnd::reached);
    flows += (flow.gram().get(0, 0) + flow.gram().get(1, 1)) / 12 / 40;
  }
  CHECK(number(result, row, "direct") == Approx(runs).epsilon(1e-8));
  CHECK(number(result, row, "flow") == Approx(flows).epsilon(1e-8));
  CHECK(number(result, row, "difference") == Approx(runs - flows).margin(1e-9));
}

TEST_CASE("slow-flow: runs come nearer as eta falls; data without full rank have no flow and no rows") {
  const Result result = test::conducted("slow-flow", kSmall);
  const auto size = [&](const std::string& eta) {
    return number(result, test::rows_with(result, {{"eta", eta}, {"tau", "0.5"}}).at(0), "size");
  };
  const double error =
      number(result, test::rows_with(result, {{"eta", "0.005"}, {"tau", "0.5"}}).at(0), "error");
  CHECK(size("0.02") > size("0.005") + 3 * error);
  CHECK(test::conducted("slow-flow", {"d=3", "n=2", "m=6"}).findings.rows.empty());
}

}  // namespace escapement::study

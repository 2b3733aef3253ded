#include "escapement/cli/calibrate.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/config/scan.h"
#include "escapement/report/table.h"
#include "escapement/stats/calibration.h"

namespace escapement::cli {

using json = nlohmann::ordered_json;

int calibrate(const CheckArguments& a, double alpha) {
  stats::CalibrationPlan plan;
  plan.alpha = alpha;
  if (a.seed) {
    const auto seed = config::scan_integer(*a.seed);
    if (!seed) throw config::InputError("--seed", "seed", "an integer from 0 to 2^64 - 1", *a.seed);
    plan.seed = *seed;
  }
  const stats::Calibration result = stats::calibrate(plan);
  const std::vector<const stats::FalseAlarms*> tests{&result.e_process, &result.clopper_pearson,
                                                     &result.wilson, &result.clopper_pearson_at_end};
  const double promised = alpha * plan.experiments;
  const bool above = result.e_process.rate - (result.e_process.upper_limit - result.e_process.rate) > alpha;
  if (a.json) {
    json root{{"q", plan.q},
              {"alpha", plan.alpha},
              {"horizon", plan.horizon},
              {"experiments", plan.experiments},
              {"seed", plan.seed},
              {"tests", json::array()}};
    for (const stats::FalseAlarms* t : tests)
      root["tests"].push_back({{"test", t->test},
                               {"false_alarms", t->count},
                               {"rate", t->rate},
                               {"upper_limit", t->upper_limit}});
    fmt::print("{}\n", root.dump(1));
    return above ? 1 : 0;
  }
  report::Table table({"test", "false alarms", "rate", "95% limit"});
  for (const stats::FalseAlarms* t : tests)
    table.add_row({t->test, std::to_string(t->count), fmt::format("{:.4f}", t->rate),
                   fmt::format("{:.4f}", t->upper_limit)});
  fmt::print("{} experiments of {} trials with p = q = {}, promised false alarms {} (rate {}), seed {}\n{}",
             plan.experiments, plan.horizon, plan.q, promised, plan.alpha, plan.seed, table.text());
  return above ? 1 : 0;
}

}  // namespace escapement::cli

#include "escapement/stats/calibration.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/stats/e_process.h"
#include "escapement/stats/intervals.h"

namespace escapement::stats {
namespace {

// The same probability without chance: mass of the walk that has not yet been rejected, trial by trial.
template <class Rejects>
double false_alarm_probability(double q, unsigned horizon, const Rejects& rejects) {
  std::vector<double> alive{1.0};
  double rejected = 0;
  for (unsigned n = 1; n <= horizon; ++n) {
    std::vector<double> next(n + 1, 0.0);
    for (unsigned k = 0; k < n; ++k) {
      next[k] += alive[k] * (1 - q);
      next[k + 1] += alive[k] * q;
    }
    for (unsigned k = 0; k <= n; ++k)
      if (next[k] > 0 && rejects(n, k)) {
        rejected += next[k];
        next[k] = 0;
      }
    alive = next;
  }
  return rejected;
}

bool near(const FalseAlarms& measured, double probability, double experiments) {
  INFO(measured.test << ": " << measured.rate << ", exactly " << probability);
  return std::fabs(measured.rate - probability) <=
         5 * std::sqrt(probability * (1 - probability) / experiments) + 1e-9;
}

}  // namespace

TEST_CASE("measured false alarms are the exact probabilities of the walk") {
  CalibrationPlan plan;
  plan.q = 0.2;
  plan.horizon = 150;
  plan.experiments = 4000;
  const Calibration c = calibrate(plan);
  const double by_e = false_alarm_probability(plan.q, 150, [&](unsigned n, unsigned k) {
    return log_e_above(n, k, std::log(plan.q)) >= std::log(20.0);
  });
  const double by_clopper = false_alarm_probability(
      plan.q, 150, [&](unsigned n, unsigned k) { return clopper_pearson(n, k, 0.1).low > plan.q; });
  const double by_wilson = false_alarm_probability(
      plan.q, 150, [&](unsigned n, unsigned k) { return wilson(n, k, 0.1).low > plan.q; });
  CHECK(near(c.e_process, by_e, plan.experiments));
  CHECK(near(c.clopper_pearson, by_clopper, plan.experiments));
  CHECK(near(c.wilson, by_wilson, plan.experiments));
  CHECK(by_e <= plan.alpha);  // exact
  CHECK(by_clopper > 2 * plan.alpha);
}

TEST_CASE("the documented table: an e-process keeps alpha under peeking, fixed-n intervals do not") {
  const Calibration c = calibrate({});
  // docs/concepts/statistics.md shows these counts.
  CHECK(c.e_process.count == 51);
  CHECK(c.clopper_pearson.count == 708);
  CHECK(c.wilson.count == 1048);
  CHECK(c.clopper_pearson_at_end.count == 95);
  CHECK(c.e_process.upper_limit <= c.plan.alpha);
  CHECK(c.clopper_pearson.rate > 4 * c.plan.alpha);
  CHECK(c.clopper_pearson_at_end.rate <= c.plan.alpha + 0.015);
}

TEST_CASE("calibration is a function of its plan") {
  CalibrationPlan plan;
  plan.horizon = 100;
  plan.experiments = 200;
  const Calibration first = calibrate(plan), again = calibrate(plan);
  CHECK(again.wilson.count == first.wilson.count);
  CHECK(again.clopper_pearson.count == first.clopper_pearson.count);
  std::size_t different = 0;
  for (plan.seed = 2; plan.seed < 7; ++plan.seed)
    different += calibrate(plan).wilson.count != first.wilson.count;
  CHECK(different > 0);
}

}  // namespace escapement::stats

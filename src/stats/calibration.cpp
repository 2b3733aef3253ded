#include "escapement/stats/calibration.h"

#include <cmath>
#include <utility>

#include "escapement/numeric/check.h"
#include "escapement/numeric/random.h"
#include "escapement/stats/e_process.h"
#include "escapement/stats/intervals.h"

namespace escapement::stats {

namespace {

// least[n]: the least k of n trials with which the rule rejects p <= q; n + 1 where none does. Every rule that rejects k
// rejects k + 1, so the search walks from the answer for n - 1.
template <class Rejects>
std::vector<std::uint64_t> least_rejected(std::uint64_t horizon, const Rejects& rejects) {
  std::vector<std::uint64_t> least(horizon + 1);
  std::uint64_t k = 0;
  for (std::uint64_t n = 1; n <= horizon; ++n) {
    while (k > 0 && k <= n && rejects(n, k - 1)) --k;
    while (k <= n && !rejects(n, k)) ++k;
    least[n] = k;
  }
  return least;
}

FalseAlarms counted(std::string test, std::uint64_t count, std::uint32_t experiments) {
  FalseAlarms result;
  result.test = std::move(test);
  result.count = count;
  result.rate = static_cast<double>(count) / experiments;
  result.upper_limit = clopper_pearson(experiments, count, 0.1).high;
  return result;
}

}  // namespace

Calibration calibrate(const CalibrationPlan& plan) {
  ESCAPEMENT_CHECK(plan.q > 0 && plan.q < 1 && plan.alpha > 0 && plan.alpha < 1 && plan.horizon >= 1 &&
                   plan.experiments >= 1);
  const double log_q = std::log(plan.q), threshold = -std::log(plan.alpha);
  const auto e_process = least_rejected(
      plan.horizon, [&](std::uint64_t n, std::uint64_t k) { return log_e_above(n, k, log_q) >= threshold; });
  const auto clopper = least_rejected(plan.horizon, [&](std::uint64_t n, std::uint64_t k) {
    return clopper_pearson(n, k, 2 * plan.alpha).low > plan.q;
  });
  const auto score = least_rejected(plan.horizon, [&](std::uint64_t n, std::uint64_t k) {
    return wilson(n, k, 2 * plan.alpha).low > plan.q;
  });

  // A failure where 64 random bits are below q 2^64: probability q, or less by at most 2^-64.
  const auto limit = static_cast<std::uint64_t>(std::ldexp(plan.q, 64));
  std::uint64_t by_e = 0, by_clopper = 0, by_wilson = 0, at_end = 0;
  for (std::uint32_t experiment = 0; experiment < plan.experiments; ++experiment) {
    bool e_rejects = false, clopper_rejects = false, wilson_rejects = false;
    std::uint64_t failures = 0;
    numeric::Words words{};
    for (std::uint64_t n = 1; n <= plan.horizon; ++n) {
      if (n % 2 == 1)
        words = numeric::philox({plan.seed, experiment}, numeric::Purpose::calibration, n / 2, 0);
      if ((n % 2 == 1 ? numeric::low_word(words) : numeric::high_word(words)) < limit) ++failures;
      e_rejects |= failures >= e_process[n];
      clopper_rejects |= failures >= clopper[n];
      wilson_rejects |= failures >= score[n];
    }
    by_e += e_rejects;
    by_clopper += clopper_rejects;
    by_wilson += wilson_rejects;
    at_end += failures >= clopper[plan.horizon];
  }

  Calibration result;
  result.plan = plan;
  result.e_process = counted("e-process, looked at after every trial", by_e, plan.experiments);
  result.clopper_pearson =
      counted("Clopper-Pearson, looked at after every trial", by_clopper, plan.experiments);
  result.wilson = counted("Wilson, looked at after every trial", by_wilson, plan.experiments);
  result.clopper_pearson_at_end = counted("Clopper-Pearson, looked at once", at_end, plan.experiments);
  return result;
}

}  // namespace escapement::stats

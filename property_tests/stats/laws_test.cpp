// Laws of the statistics that hold at any arguments.
#include <cmath>
#include <vector>

#include "escapement/numeric/precision.h"
#include "escapement/stats/e_process.h"
#include "escapement/stats/gaussian_quadratic_form.h"
#include "escapement/stats/intervals.h"
#include "escapement/stats/scaling_fit.h"

#include "../support/dice.h"
#include "../support/property.h"

namespace escapement::stats {
namespace {

using numeric::Exact;
using test::Dice;

// All choices of a case from one number, which a failing law prints.
Dice draw() {
  return Dice(
      rc::Random(*rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()))));
}

// Log-uniform in (10^-40, 1), now and then near 1.
double draw_log_q(Dice& dice) {
  const double u = static_cast<double>(dice.bits() >> 11) * 0x1p-53;
  return dice.one_in(4) ? -std::pow(10.0, -8 * u - 0.1) : -92 * u - 1e-9;
}

}  // namespace

ESCAPEMENT_PROPERTY("the next trial cannot raise E on average while the claim is true", 20, [] {
  Dice dice = draw();
  const double log_q = draw_log_q(dice), q = std::exp(log_q);
  const std::uint64_t n = dice.below(5000), k = dice.below(n + 1);
  const double now = log_e_above(n, k, log_q);
  RC_PRE(now > -4);  // below, elementary bounds may stand in, which are no martingale
  const double share = static_cast<double>(dice.below(1001)) / 1000, p = q * share;
  const double next = p * std::exp(log_e_above(n + 1, k + 1, log_q) - now) +
                      (1 - p) * std::exp(log_e_above(n + 1, k, log_q) - now);
  RC_ASSERT(next <= 1 + 1e-7);
});

ESCAPEMENT_PROPERTY("evidence against p <= q and the confidence sequence agree about where q may be", 5, [] {
  Dice dice = draw();
  const std::uint64_t n = 1 + dice.below(3000), k = dice.below(n + 1);
  const double alpha = std::exp(-0.05 - 10 * static_cast<double>(dice.below(1000)) / 1000);
  const Interval inside = confidence_sequence(n, k, alpha);
  const double share = static_cast<double>(k) / static_cast<double>(n);
  RC_ASSERT(inside.low <= share && share <= inside.high);
  RC_ASSERT(inside.low >= 0 && inside.high <= 1);
  if (k > 0) RC_ASSERT(log_e_equal(n, k, std::log(inside.low * 0.999)) >= -std::log(alpha));
  const Interval narrower = confidence_sequence(n, k, std::sqrt(alpha));
  RC_ASSERT(inside.low <= narrower.low && narrower.high <= inside.high);
});

ESCAPEMENT_PROPERTY("a quadratic form scales, and more of it is larger", 0.3, [] {
  Dice dice = draw();
  const numeric::WorkingPrecision precision(dice.between(30, 200));
  std::vector<Ball> lambda, scaled;
  const Exact factor = dice.log_uniform(-300, 300, 30);
  for (int i = dice.between(1, 6); i > 0; --i) {
    const Exact value = dice.log_uniform(-3, 2, 20);
    lambda.push_back(Ball::from(value));
    scaled.push_back(Ball::from(Exact(value * factor)));
  }
  const Exact t = dice.log_uniform(-60, 4, 20);
  const Ball probability = quadratic_form_cdf(lambda, Ball::from(t));
  RC_ASSERT(probability.overlaps(quadratic_form_cdf(scaled, Ball::from(Exact(t * factor)))));
  RC_ASSERT((probability + quadratic_form_survival(lambda, Ball::from(t))).contains(Exact(1)));
  lambda.push_back(Ball::from(dice.log_uniform(-3, 2, 20)));
  RC_ASSERT(less(probability, quadratic_form_cdf(lambda, Ball::from(t))) != numeric::Truth::yes);
});

ESCAPEMENT_PROPERTY("an exponent does not depend on the units of x and y", 1, [] {
  Dice dice = draw();
  std::vector<double> x, y, moved_x, moved_y;
  const double shift_x = dice.between(-2000, 2000), shift_y = dice.between(-2000, 2000);
  for (int i = dice.between(3, 9); i > 0; --i) {
    x.push_back(i + dice.between(0, 99) / 200.0);
    y.push_back(dice.between(-300, 300) / 7.0);
    moved_x.push_back(x.back() + shift_x);
    moved_y.push_back(y.back() + shift_y);
  }
  const ScalingFit fit = fit_exponent(x, y, 0.9), moved = fit_exponent(moved_x, moved_y, 0.9);
  const double tolerance = 1e-8 * (1 + std::fabs(*fit.exponent) + fit.interval->high - fit.interval->low);
  RC_ASSERT(std::fabs(*fit.exponent - *moved.exponent) <= tolerance);
  RC_ASSERT(std::fabs(fit.interval->high - moved.interval->high) <= tolerance);
});

}  // namespace escapement::stats

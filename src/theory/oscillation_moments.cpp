#include "escapement/theory/oscillation_moments.h"

#include "escapement/numeric/ball_functions.h"

namespace escapement::theory {

using numeric::Exact;

namespace {

constexpr long kEnumeratedWidth = 4096;
constexpr int kDeviations = 20;  // half-widths sqrt(m) of the enclosed number of neurons active first

Ball ball(const BigInt& n) { return Ball::from(Exact(n)); }

// V after `steps` active steps of k neurons, from k multiplicity / d.
Ball after(const OscillationProblem& p, const Eigendirection& direction, const Ball& k, const BigInt& steps) {
  const Ball eta = Ball::from(p.eta), alpha_squared = sqrt(eta);
  const Ball rate = eta * alpha_squared * direction.eigenvalue;  // eta alpha^2 l
  const Ball start = k * Ball(static_cast<int>(direction.multiplicity)) / Ball(static_cast<int>(p.d));
  if (steps == 0) return start;
  if (rate.is_exact() && rate.contains_zero()) return start;  // a direction that the data do not see
  const Ball shrinking = rate * (Ball(2) - k * rate);         // 1 - the factor
  // The noise of one step, k eta^2 alpha^2 l^2 s^2, is shared by all directions of the eigenspace.
  const Ball noise = k * eta * rate * direction.eigenvalue * direction.ground_truth;
  const Ball kept = numeric::exp(ball(steps) * numeric::log(Ball(1) - shrinking));
  return noise / shrinking * (Ball(1) - kept) + start * kept;
}

// Both parities, `first` of the m neurons being active at even steps.
Ball total(const OscillationProblem& p, const Ball& first, const BigInt& t) {
  const BigInt even = (t + 1) / 2, odd = t / 2;
  Ball sum;
  for (const Eigendirection& direction : p.directions)
    sum += after(p, direction, first, even) + after(p, direction, ball(p.m) - first, odd);
  return sum / ball(p.m);
}

}  // namespace

Ball mean_squared_norm(const OscillationProblem& problem, const BigInt& t) {
  if (problem.m <= kEnumeratedWidth) {
    // Each neuron is active first with probability 1/2.
    const auto m = static_cast<unsigned>(problem.m);
    Ball sum, weight = Ball::from(Exact(BigInt(1), BigInt(1) << m));
    for (unsigned k = 0; k <= m; ++k) {
      sum += weight * total(problem, Ball(static_cast<int>(k)), t);
      weight *= Ball::from(Exact(BigInt(m - k), BigInt(k + 1)));
    }
    return sum;
  }
  // Hoeffding: outside m/2 +- c sqrt(m) with probability at most 2 exp(-2 c^2), where the mean is between 0 and what it
  // is at most for any number of neurons: the start plus the stationary value of m active ones.
  const Ball m = ball(problem.m);
  Ball k = m / Ball(2);
  arb_add_error(k.raw(), (Ball(kDeviations) * sqrt(m)).raw());
  const Ball inside = total(problem, k, t);
  const Ball tail = Ball(2) * numeric::exp(Ball(-2 * kDeviations * kDeviations));
  Ball most = Ball(1) + total(problem, m, t);
  for (const Eigendirection& direction : problem.directions) most += direction.ground_truth;
  Ball result = inside;
  arb_add_error(result.raw(), (tail * (most + abs(inside))).raw());
  return result;
}

}  // namespace escapement::theory

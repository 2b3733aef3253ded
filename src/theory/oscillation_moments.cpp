#include "escapement/theory/oscillation_moments.h"

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

namespace escapement::theory {

using numeric::Exact;

namespace {

constexpr long kEnumeratedWidth = 64;
constexpr int kDeviations = 20;  // half-widths sqrt(m) of the enclosed number of neurons active first

Ball ball(const BigInt& n) { return Ball::from(Exact(n)); }

// 1 + f + ... + f^(steps-1) for f = 1 - s >= 0. It falls in s, also through s = 0, where the closed form is 0/0.
Ball geometric_sum(const Ball& s, const BigInt& steps) {
  const auto at = [&](const Ball& x) {
    if (x.contains_zero()) return ball(steps);
    const long bits = numeric::working_bits();
    Ball power = -x;
    arb_log1p(power.raw(), power.raw(), bits);
    power *= ball(steps);
    arb_expm1(power.raw(), power.raw(), bits);
    return -power / x;
  };
  return s.contains_zero() ? numeric::hull(at(s.lower()), at(s.upper())) : at(s);
}

// V / k after `steps` active steps, k neurons being active at each: from multiplicity / d.
Ball each_after(const OscillationProblem& p, const Eigendirection& direction, const Ball& k,
                const BigInt& steps) {
  const Ball eta = Ball::from(p.eta), alpha_squared = sqrt(eta);
  const Ball rate = eta * alpha_squared * direction.eigenvalue;  // eta alpha^2 l
  const Ball start = Ball(static_cast<int>(direction.multiplicity)) / Ball(static_cast<int>(p.d));
  if (steps == 0 || (k.is_exact() && k.contains_zero())) return start;
  if (rate.is_exact() && rate.contains_zero()) return start;  // a direction that the data do not see
  const Ball shrinking = rate * (Ball(2) - k * rate);         // 1 - the factor
  // The noise of one step, k eta^2 alpha^2 l^2 s^2, is shared by all directions of the eigenspace.
  const Ball noise = eta * rate * direction.eigenvalue * direction.ground_truth;
  const Ball kept = numeric::exp(ball(steps) * numeric::log(Ball(1) - shrinking));
  return noise * geometric_sum(shrinking, steps) + start * kept;
}

// Sums of V / k over the directions, for `first` neurons active at even steps and the others at odd ones.
struct Each {
  Ball even, odd;
};
// Each summand is the lower of its values at `from` and `to`: it moves from its start towards its stationary value, hence
// monotonically, so that this is a lower bound at the times between.
Each each(const OscillationProblem& p, const Ball& first, const BigInt& from, const BigInt& to) {
  const auto lower = [&](const Eigendirection& direction, const Ball& k, const BigInt& a, const BigInt& b) {
    Ball value = each_after(p, direction, k, a);
    if (a == b) return value;
    arb_min(value.raw(), value.raw(), each_after(p, direction, k, b).raw(), numeric::working_bits());
    return value;
  };
  Each sum;
  for (const Eigendirection& direction : p.directions) {
    sum.even += lower(direction, first, (from + 1) / 2, (to + 1) / 2);
    sum.odd += lower(direction, ball(p.m) - first, from / 2, to / 2);
  }
  return sum;
}

struct Expansion {
  Ball value, second;  // f and f''
};

// f(k) = V of k active neurons after `steps` active steps, and f'', for k rate < 1. With s = rate (2 - k rate) and
// u = (1 - s)^steps, V/k = noise A + start u, A = (1 - u)/s; derivatives of A follow from A s = 1 - u.
Expansion expansion(const OscillationProblem& p, const Eigendirection& direction, const Ball& k,
                    const BigInt& steps) {
  const Ball eta = Ball::from(p.eta), rate = eta * sqrt(eta) * direction.eigenvalue;
  const Ball start = Ball(static_cast<int>(direction.multiplicity)) / Ball(static_cast<int>(p.d));
  if (steps == 0 || (rate.is_exact() && rate.contains_zero())) return {k * start, Ball(0)};
  const Ball one(1), two(2), s = rate * (two - k * rate), n = ball(steps), left = one - s;
  const Ball noise = eta * rate * direction.eigenvalue * direction.ground_truth;
  const Ball u = numeric::exp(n * numeric::log(left)), u1 = -(n * u / left),
             u2 = n * (n - one) * u / (left * left);
  const Ball a = (one - u) / s, a1 = -(u1 + a) / s, a2 = -(u2 + two * a1) / s;
  const Ball slope = -(rate * rate);  // ds/dk
  const Ball h1 = (noise * a1 + start * u1) * slope, h2 = (noise * a2 + start * u2) * slope * slope;
  return {k * (noise * a + start * u), two * h1 + k * h2};
}

// The mean of f over the number k of neurons active first, k binomial (m, 1/2): f(m/2) + f'' E(k - m/2)^2/2, f'' enclosed
// where |k - m/2| <= c sqrt(m); the linear term is odd. Outside, with probability at most `tail`, f is at most m `most`.
Ball mean_over_first(const OscillationProblem& p, const Ball& window, const Ball& tail, const Ball& most,
                     const BigInt& steps) {
  const Ball m = ball(p.m), centre = m / Ball(2);
  Ball value, second;
  for (const Eigendirection& direction : p.directions) {
    value += expansion(p, direction, centre, steps).value;
    second += expansion(p, direction, window, steps).second;
  }
  Ball result = value + m / Ball(8) * second;
  arb_add_error(result.raw(), (tail * (Ball(2) * m * most + m * m * abs(second))).raw());
  return result;
}

}  // namespace

Ball mean_squared_norm(const OscillationProblem& problem, const BigInt& t) {
  return lowest_mean_squared_norm(problem, t, t);
}

Ball lowest_mean_squared_norm(const OscillationProblem& problem, const BigInt& from, const BigInt& to) {
  const Ball m = ball(problem.m);
  if (problem.m <= kEnumeratedWidth) {
    // Each neuron is active first with probability 1/2.
    const auto width = static_cast<int>(problem.m);
    Ball sum, weight = Ball::from(Exact(BigInt(1), BigInt(1) << static_cast<unsigned>(width)));
    for (int k = 0; k <= width; ++k) {
      const Each v = each(problem, Ball(k), from, to);
      sum += weight * (Ball(k) * v.even + Ball(width - k) * v.odd);
      weight *= Ball::from(Exact(width - k, k + 1));
    }
    return sum / m;
  }
  // k h(k) + (m - k) h'(k) with h, h' > 0 that hardly depend on k: within m/2 +- c sqrt(m) they are enclosed at once, and
  // E k = E(m - k) = m/2. Outside, with probability at most 2 exp(-2 c^2) [Hoeffding1963], k is at most m, and h at most
  // the start and the stationary value of m active neurons.
  for (const Eigendirection& direction : problem.directions) {
    const Ball eta = Ball::from(problem.eta);
    if (less(m * eta * sqrt(eta) * direction.eigenvalue, Ball(1)) != numeric::Truth::yes)
      return Ball(1) / Ball(0);
  }
  Ball k = m / Ball(2);
  Ball reach = Ball(kDeviations) * sqrt(m);
  arb_min(reach.raw(), reach.raw(), k.raw(), numeric::working_bits());
  arb_add_error(k.raw(), reach.raw());
  const Ball tail = Ball(2) * numeric::exp(Ball(-2 * kDeviations * kDeviations));
  Ball most = Ball(1);
  for (const Eigendirection& direction : problem.directions)
    most += Ball::from(problem.eta) * direction.eigenvalue * direction.ground_truth;
  if (from == to)
    return (mean_over_first(problem, k, tail, most, (from + 1) / 2) +
            mean_over_first(problem, k, tail, most, from / 2)) /
           m;
  const Each inside = each(problem, k, from, to);
  Ball half = Ball(1) / Ball(2);
  arb_add_error(half.raw(), tail.raw());
  Ball result = half * (inside.even + inside.odd);
  arb_add_error(result.raw(), (tail * most).raw());
  return result;
}

}  // namespace escapement::theory

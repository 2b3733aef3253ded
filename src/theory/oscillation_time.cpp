#include "escapement/theory/oscillation_time.h"

#include <optional>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/ladder.h"

namespace escapement::theory {

using numeric::Exact;
using numeric::Truth;

namespace {

// floor(eta^-exponent): exactly where the exponent is a natural number, as it is in print.
BigInt last_time(const Exact& eta, const Exact& exponent) {
  if (denominator(exponent) == 1 && exponent >= 0) {
    Exact limit = 1;
    for (long i = 0; i < static_cast<long>(numerator(exponent)); ++i) limit /= eta;
    return numerator(limit) / denominator(limit);
  }
  const auto up = numeric::full_integer([&] { return numeric::pow(Ball::from(eta), Exact(-exponent)); });
  return up ? BigInt(*up - 1) : BigInt(0);
}

}  // namespace

long oscillation_bits(const Exact& eta) {
  const BigInt inverse = numeric::ceiling_of(Exact(1 / eta));
  return 256 + 6 * static_cast<long>(inverse == 0 ? 1 : msb(BigInt(inverse + 1)));
}

OscillationProblem population_problem(const Exact& eta, std::size_t d, const Exact& theta_norm) {
  const Ball norm = Ball::from(theta_norm);
  return {eta, least_width(eta), d, {{Ball(1), norm * norm, static_cast<long>(d)}}};
}

// E falls from its start to its stationary value, unless theta* is large: then it may dip before it rises. So the last time
// is tried first, then times spread over the logarithm. If none is below the bound, a lower bound over the intervals between
// them decides whether there is one. The first time below the bound is found by bisection up to the first of them that is.
OscillationTime first_time_below(const OscillationProblem& problem, const PaperConstants& constants) {
  const Ball eta = Ball::from(problem.eta);
  const Ball bound = numeric::pow(eta, constants.oscillation_exponent);
  OscillationTime result;
  result.limit = last_time(problem.eta, constants.oscillation_time_exponent);
  const auto below = [&](const BigInt& t) { return less_equal(mean_squared_norm(problem, t), bound); };
  const auto keep_lower = [](Ball& least, const Ball& x) {
    if (less(x, least) == Truth::yes) least = x;
  };
  BigInt high = result.limit;
  result.value = mean_squared_norm(problem, high);
  result.reached = less_equal(result.value, bound);
  std::optional<Ball> bottom;  // of the intervals
  for (BigInt t = result.limit; t > 0 && result.reached == Truth::no;) {
    const BigInt earlier = t == 1 ? BigInt(0) : BigInt(9 * t / 10);
    const Ball there = mean_squared_norm(problem, earlier),
               between = lowest_mean_squared_norm(problem, earlier, t);
    keep_lower(result.value, there);
    if (bottom)
      keep_lower(*bottom, between);
    else
      bottom = between;
    t = earlier;
    if (less_equal(there, bound) != Truth::yes) continue;
    high = earlier;
    result.reached = Truth::yes;
  }
  if (result.reached == Truth::no && bottom) {
    if (less(bound, *bottom) == Truth::yes)
      result.value = *bottom;
    else
      result.reached = Truth::unknown;
  }
  if (result.reached != Truth::yes) return result;
  BigInt low = -1;  // below(high), not below(low)
  while (high - low > 1) {
    const BigInt middle = (high + low) / 2;
    (below(middle) == Truth::yes ? high : low) = middle;
  }
  result.t0 = high;
  result.value = mean_squared_norm(problem, high);
  return result;
}

}  // namespace escapement::theory

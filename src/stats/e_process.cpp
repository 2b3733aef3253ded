#include "escapement/stats/e_process.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "escapement/numeric/check.h"

namespace escapement::stats {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kTiny =
    1e-250;  // below it tails come from expansions: q and its powers stay normal doubles above

// Failures of an evaluation come back as NaN or 0 and count as no evidence.
using Quiet = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

// A probability and its complement, each with its logarithm: neither loses digits near 0 or 1.
struct Split {
  double p, log_p, rest, log_rest;

  static Split from_log(double log_p) {
    const double rest = -std::expm1(log_p);
    const double log_rest = log_p < -1 ? std::log1p(-std::exp(log_p)) : std::log(rest);
    return {std::exp(log_p), log_p, rest, log_rest};
  }
  Split mirrored() const { return {rest, log_rest, p, log_p}; }
};

// Sums terms and, beside them, what rounding may have done: 64 units in the last place of each.
struct Sum {
  double value = 0, slack = 0;
  void add(double term) {
    value += term;
    slack += 64 * kEpsilon * std::fabs(term);
  }
};

// log B(a, b); the sum gets the slack of each of its three terms.
void add_log_beta(Sum& sum, double sign, double a, double b) {
  sum.add(sign * boost::math::lgamma(a, Quiet()));
  sum.add(sign * boost::math::lgamma(b, Quiet()));
  sum.add(-sign * boost::math::lgamma(a + b, Quiet()));
}

// log B(a+k, b+s) / ( B(a, b) q^k (1-q)^s ); no term where an exponent is 0, for its logarithm may be infinite.
Sum log_e_of_all(double k, double s, const Split& q, BetaPrior prior) {
  Sum sum;
  add_log_beta(sum, 1, prior.a + k, prior.b + s);
  add_log_beta(sum, -1, prior.a, prior.b);
  if (k > 0) sum.add(-k * q.log_p);
  if (s > 0) sum.add(-s * q.log_rest);
  return sum;
}

// log Ic_q(a, b) = log P( Beta(a, b) > q ) from below, -infinity where it is out of a double's reach.
double log_upper_tail(double a, double b, const Split& q) {
  if (q.p <
      kTiny) {  // I_q(a, b) <= q^a max(1, (1-q)^(b-1)) / ( a B(a, b) ), and log(1-I) >= -2 I for I <= 1/2
    Sum sum;
    sum.add(a * q.log_p - std::log(a));
    add_log_beta(sum, -1, a, b);
    const double lower_tail = std::exp(sum.value + sum.slack);
    return lower_tail <= 0.25 ? -2 * lower_tail : -kInfinity;
  }
  if (q.rest < kTiny) return -kInfinity;
  const double tail =
      q.p <= 0.5 ? boost::math::ibetac(a, b, q.p, Quiet()) : boost::math::ibeta(b, a, q.rest, Quiet());
  return tail >= std::numeric_limits<double>::min() ? std::log(tail) : -kInfinity;
}

// log E of the mixture over (q, 1), k failures and s successes, 0 < q < 1.
double log_e_over_upper_part(double k, double s, const Split& q, BetaPrior prior) {
  // E >= b/(b+s), times q^(1-a) if k = 0, for a <= 1: elementary, never underflows (docs/derivations/e-process.md).
  double least = -kInfinity;
  if (prior.a <= 1) {
    least = std::log(prior.b / (prior.b + s)) + (k < 1 ? (1 - prior.a) * q.log_p : 0.0);
    least -= 8 * kEpsilon * (1 + std::fabs(least));
  }
  const double tail = log_upper_tail(prior.a + k, prior.b + s, q);
  const double prior_tail = q.rest < kTiny ? -kInfinity : std::min(0.0, log_upper_tail(prior.a, prior.b, q));
  if (tail == -kInfinity || prior_tail == -kInfinity) return least;
  Sum sum = log_e_of_all(k, s, q, prior);
  sum.add(tail);
  // An expansion's prior tail is a lower bound, and it divides: below kTiny take 1, its upper bound.
  if (q.p >= kTiny) sum.add(-prior_tail);
  const double result = sum.value - sum.slack - 1e-12;
  return std::isnan(result) ? least : std::max(result, least);
}

}  // namespace

double log_e_above(std::uint64_t n, std::uint64_t k, double log_q, BetaPrior prior) {
  ESCAPEMENT_CHECK(k <= n && n < (std::uint64_t{1} << 53) && !std::isnan(log_q) && prior.a > 0 &&
                   prior.b > 0);
  if (log_q >= 0) return -kInfinity;
  if (log_q == -kInfinity && k > 0) return kInfinity;
  return log_e_over_upper_part(static_cast<double>(k), static_cast<double>(n - k), Split::from_log(log_q),
                               prior);
}

double log_e_below(std::uint64_t n, std::uint64_t k, double log_q, BetaPrior prior) {
  ESCAPEMENT_CHECK(k <= n && n < (std::uint64_t{1} << 53) && !std::isnan(log_q) && prior.a > 0 &&
                   prior.b > 0);
  if (log_q == -kInfinity) return -kInfinity;
  if (log_q >= 0 && k < n) return kInfinity;
  const Split q = Split::from_log(std::min(log_q, 0.0));
  return log_e_over_upper_part(static_cast<double>(n - k), static_cast<double>(k), q.mirrored(),
                               {prior.b, prior.a});
}

double log_e_equal(std::uint64_t n, std::uint64_t k, double log_q, BetaPrior prior) {
  ESCAPEMENT_CHECK(k <= n && n < (std::uint64_t{1} << 53) && log_q <= 0 && prior.a > 0 && prior.b > 0);
  const Sum sum =
      log_e_of_all(static_cast<double>(k), static_cast<double>(n - k), Split::from_log(log_q), prior);
  return sum.value == kInfinity ? kInfinity : sum.value - sum.slack;
}

}  // namespace escapement::stats

#include "escapement/stats/intervals.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>

#include "escapement/numeric/check.h"
#include "escapement/stats/e_process.h"

namespace escapement::stats {

Interval clopper_pearson(std::uint64_t n, std::uint64_t k, double alpha) {
  ESCAPEMENT_CHECK(k <= n && alpha > 0 && alpha < 2);
  const auto failures = static_cast<double>(k), successes = static_cast<double>(n - k);
  Interval interval;
  if (k > 0) interval.low = boost::math::ibeta_inv(failures, successes + 1, alpha / 2);
  if (k < n) interval.high = boost::math::ibetac_inv(failures + 1, successes, alpha / 2);
  return interval;
}

Interval wilson(std::uint64_t n, std::uint64_t k, double alpha) {
  ESCAPEMENT_CHECK(k <= n && alpha > 0 && alpha < 2);
  if (n == 0) return {};
  const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2));
  const auto trials = static_cast<double>(n);
  const double share = static_cast<double>(k) / trials, per_trial = z * z / trials;
  const double centre = (share + per_trial / 2) / (1 + per_trial);
  const double half =
      z / (1 + per_trial) * std::sqrt(share * (1 - share) / trials + per_trial / (4 * trials));
  // At the ends the formula gives 0 and 1 but for rounding.
  return {k == 0 ? 0.0 : std::max(0.0, centre - half), k == n ? 1.0 : std::min(1.0, centre + half)};
}

namespace {

// Least q that k of n does not exclude, from below. E falls in q up to (k/n), so the excluded ones are an initial piece.
double sequence_low(std::uint64_t n, std::uint64_t k, double alpha) {
  if (k == 0) return 0;
  const double threshold = -std::log(alpha);
  const auto excluded = [&](double log_q) { return log_e_equal(n, k, log_q) >= threshold; };
  double in = std::log(static_cast<double>(k) / static_cast<double>(n)), out = in - 1;
  while (!excluded(out)) out -= in - out;
  for (int i = 0; i < 200; ++i) {
    const double middle = out + (in - out) / 2;
    if (middle == out || middle == in) break;
    (excluded(middle) ? out : in) = middle;
  }
  return std::exp(out) * (1 - 4 * std::numeric_limits<double>::epsilon());
}

}  // namespace

Interval confidence_sequence(std::uint64_t n, std::uint64_t k, double alpha, std::uint64_t ambiguous) {
  ESCAPEMENT_CHECK(k + ambiguous <= n && alpha > 0 && alpha < 1);
  if (n == 0) return {};
  // 1 - p is the probability of a success; the mixture a = b = 1/2 is its own mirror image.
  const double low = sequence_low(n, k, alpha);
  const double rest = sequence_low(n, n - k - ambiguous, alpha);
  return {low, rest == 0 ? 1.0 : std::min(1.0, std::nextafter(1 - rest, 2.0))};
}

}  // namespace escapement::stats

#include "escapement/stats/sequential_test.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/beta.hpp>

#include "escapement/numeric/check.h"
#include "escapement/stats/e_process.h"

namespace escapement::stats {

using numeric::Ball;
using numeric::Truth;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLog10 = 2.302585092994046;
constexpr long kLogBits = 64;

// log of an exact x >= 0, rounded as told.
double log_rounded(const Ball& x, arf_rnd_t rounding) {
  if (arb_is_zero(x.raw())) return -kInfinity;
  Ball logarithm, end;
  arb_log(logarithm.raw(), x.raw(), kLogBits);
  if (rounding == ARF_RND_FLOOR)
    arb_get_lbound_arf(arb_midref(end.raw()), logarithm.raw(), kLogBits);
  else
    arb_get_ubound_arf(arb_midref(end.raw()), logarithm.raw(), kLogBits);
  return arf_get_d(arb_midref(end.raw()), rounding);
}

}  // namespace

LogBound LogBound::of(double q) {
  ESCAPEMENT_CHECK(q >= 0 && std::isfinite(q));
  return of(Ball::dyadic(q));
}

LogBound LogBound::of(const Ball& q) {
  const Ball low = q.lower(), high = q.upper();
  ESCAPEMENT_CHECK(q.is_finite() && !arb_is_negative(high.raw()));
  return {arb_is_negative(low.raw()) ? -kInfinity : log_rounded(low, ARF_RND_FLOOR),
          log_rounded(high, ARF_RND_CEIL)};
}

SequentialTest::SequentialTest(LogBound log_q, double alpha, double beta)
    : log_q_(log_q),
      alpha_(alpha),
      beta_(beta),
      finding_(log_q.low >= 0 ? Finding::vacuous : Finding::undecided) {
  ESCAPEMENT_CHECK(log_q.low <= log_q.high && alpha > 0 && alpha < 1 && beta > 0 && beta < 1);
}

Finding SequentialTest::add(Truth failed) {
  ++trials_;
  if (failed == Truth::yes) ++failures_;
  if (failed == Truth::unknown) ++ambiguous_;
  if (finding_ == Finding::vacuous) return finding_;
  log_e_violated_ = std::max(log_e_violated_, log_e_above(trials_, failures_, log_q_.high));
  log_e_holds_ = std::max(log_e_holds_, log_e_below(trials_, failures_ + ambiguous_, log_q_.low));
  if (finding_ != Finding::undecided) return finding_;
  if (log_e_violated_ >= -std::log(alpha_))
    finding_ = Finding::violated;
  else if (log_e_holds_ >= -std::log(beta_))
    finding_ = Finding::holds;
  return finding_;
}

TestSummary SequentialTest::summary() const {
  TestSummary s;
  s.trials = trials_;
  s.failures = failures_;
  s.ambiguous = ambiguous_;
  s.finding = finding_;
  s.log10_e_violated = log_e_violated_ / kLog10;
  s.log10_e_holds = log_e_holds_ / kLog10;
  s.interval = confidence_sequence(trials_, failures_, alpha_, ambiguous_);
  s.smallest_detectable = smallest_detectable(trials_, log_q_.high, alpha_);
  return s;
}

std::uint64_t least_refuting_count(std::uint64_t n, double log_q, double alpha) {
  ESCAPEMENT_CHECK(alpha > 0 && alpha < 1);
  const double threshold = -std::log(alpha);
  std::uint64_t no = 0, yes = n + 1;  // E increases with k, and E(n, 0) < 1
  while (yes - no > 1) {
    const std::uint64_t middle = no + (yes - no) / 2;
    (log_e_above(n, middle, log_q) >= threshold ? yes : no) = middle;
  }
  return yes;
}

double smallest_detectable(std::uint64_t n, double log_q, double alpha) {
  const std::uint64_t k = least_refuting_count(n, log_q, alpha);
  if (k > n) return 1;
  // P( Bin(n, p) >= k ) = I_p(k, n-k+1), symmetric where k = n-k+1. Boost's inverse throws there at k = 5.
  if (2 * k == n + 1) return 0.5;
  return boost::math::ibeta_inv(static_cast<double>(k), static_cast<double>(n - k + 1), 0.5);
}

}  // namespace escapement::stats

#include "escapement/theory/inside/diminishing_inside.h"

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/among_many.h"
#include "escapement/stats/chi_square.h"
#include "escapement/theory/diminishing_runs.h"
#include "escapement/theory/inside/inside_point.h"
#include "escapement/theory/ladder.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr long kBits = 256;
constexpr std::size_t kRungs = 4, kBriefRungs = 3;
constexpr unsigned long kStrideExponent = 50;

// m and wider, all inside Condition 1.
std::vector<BigInt> widths(const Question& question) {
  std::vector<BigInt> result{question.inside->m};
  while (result.size() < (question.brief ? kBriefRungs : kRungs))
    result.emplace_back(result.back() * power_of_ten(kStrideExponent));
  return result;
}

std::string text_of_width(const BigInt& m) { return numeric::to_string(Exact(m)); }

// Later steps are those of a run, which the limit has to describe. Empty if it does.
std::string beyond_the_limit(const Question& question) {
  const InsidePoint& p = *question.inside;
  return limit_failure(Ball::from(Exact(p.eta * Exact(p.m) * p.covariance)));
}

// Puts `holds` where the limit describes the run.
void hold(Finding& finding, const Question& question, bool holds) {
  const std::string failure = beyond_the_limit(question);
  finding.outcome = holds && failure.empty() ? Outcome::holds : Outcome::undecided;
  if (!failure.empty()) finding.basis = failure + " " + finding.basis;
}

void support(Finding& finding, const Question& question, Ladder ladder) {
  const InsidePoint& p = *question.inside;
  const std::string eta = numeric::to_string(p.eta), d = std::to_string(p.d),
                    failure = beyond_the_limit(question);
  conclude(finding, std::move(ladder), {{"eta", eta, eta}, {"d", d, d}});
  if (failure.empty()) return;
  finding.outcome = Outcome::undecided;
  finding.support.reset();
  finding.basis = failure + " " + finding.basis;
}

// What stands behind all of these.
std::string scope(const Question& question) {
  const InsidePoint& p = *question.inside;
  const Ball m = Ball::from(Exact(p.m));
  const Ball moved = Ball::from(Exact(question.constants.escape_factor * p.input_squared / 2)) *
                     sqrt(numeric::log(p.m)) / sqrt(m);
  return fmt::format(
      " Certified: the integrals at the start, step j = 0, neurons as independent Gaussian rows. Limit "
      "theorem: for eta -> 0 "
      "neurons move up to T1 by about tau_1 tr C = {} of themselves, so that the law at the start is that of "
      "all those "
      "steps.",
      text_of(moved, 3));
}

}  // namespace

Finding sign_inside(const Question& question, bool typical) {
  const numeric::WorkingPrecision precision(kBits);
  const InsidePoint& point = *question.inside;
  const Ball bound = sign_bound(point.d, point.m, question.constants);
  Finding finding;
  finding.claim = fmt::format(
      "DeltaW_i > 0 with probability at most rho m^(-1/8) = {} over (xi, eps), for {}", text_of(bound, 4),
      typical ? "a neuron drawn at random" : "every neuron, with probability at least 1 - O(1/m)");
  finding.bound = text_of(bound, 4);
  if (typical) {
    // |<x, w>| < |a| |x|: |x| N_1/sqrt(d) against |x| N_2/sqrt(m).
    Ball angle;
    arb_atan(angle.raw(), sqrt(Ball(static_cast<int>(point.d)) / Ball::from(Exact(point.m))).raw(), kBits);
    const Ball share = Ball(2) * angle / numeric::pi();
    finding.measured = text_of(share, 4);
    finding.basis = "The mean over neurons is (2/pi) arctan(sqrt(d/m))." + scope(question);
    if (less(bound, share) == Truth::yes)  // at step 0 already
      finding.outcome = Outcome::violated;
    else
      hold(finding, question, less_equal(share, bound) == Truth::yes);
    return finding;
  }
  Ladder ladder{"m", "m", "probability that a neuron of the start breaks the bound", {}};
  for (const BigInt& m : widths(question)) {
    const Ball width = Ball::from(Exact(m));
    const Ball one = sign_exception_at_start(point.d, m, sign_bound(point.d, m, question.constants));
    if (ladder.rungs.empty()) finding.measured = text_of(stats::among_many(one, m).at_least_one, 4);
    add_rung(ladder, text_of_width(m), width, Ball(1) / width, stats::among_many(one, m).at_least_one);
  }
  judge_ladder(ladder);
  finding.basis =
      "Measured is the probability that some neuron breaks the bound. " + describe(ladder) + scope(question);
  support(finding, question, std::move(ladder));
  return finding;
}

Finding size_inside(const Question& question, bool typical) {
  const numeric::WorkingPrecision precision(kBits);
  const InsidePoint& point = *question.inside;
  const Ball radius_squared = Ball::from(point.input_squared), dimension(static_cast<int>(point.d));
  const Ball least = Ball::from(question.constants.size_probability);
  const Exact divisor = question.constants.size_divisor;
  Finding finding;
  finding.claim = fmt::format(
      "DeltaW_i <= -(sigma/4)^2 with probability at least 1/4 over (xi, eps), for {}",
      typical ? "a neuron drawn at random" : "every neuron, with probability at least 1 - O(1/m)");
  finding.bound = numeric::to_string(question.constants.size_probability);
  if (typical) {
    // For one of the two signs of eps |g| >= sigma, whatever the residual. Then <x, w>^2 - a^2 |x|^2 >= 1/divisor^2 is
    // enough, with <x, w> = |x| N_1/sqrt(d), a = N_2/sqrt(m), and a^2 |x|^2 <= delta = m^(-1/2) but for a remainder.
    const Ball m = Ball::from(Exact(point.m)), delta = Ball(1) / sqrt(m);
    const Ball need = Ball::from(Exact(1 / (divisor * divisor))) + delta;
    const Ball share = (stats::chi_square_survival(1, dimension * need / radius_squared) -
                        stats::chi_square_survival(1, m * delta / radius_squared)) /
                       Ball(2);
    finding.measured = "at least " + text_of(share, 4);
    finding.basis =
        "A lower bound of the mean over neurons, from the sign of eps that makes |g| >= sigma, for any "
        "residual; half of P(|<x, w>| >= 1/4)." +
        scope(question);
    hold(finding, question, less_equal(least, share) == Truth::yes);
    return finding;
  }
  const Exact unit = point.sigma / divisor;
  Ladder ladder{"m", "m", "probability (a lower bound) that a neuron of the start is too short for 1b", {}};
  for (const BigInt& m : widths(question)) {
    const Ball width = Ball::from(Exact(m));
    add_rung(ladder, text_of_width(m), width, Ball(1) / width,
             size_exception_at_start(point.d, m, point.sigma, Exact(unit * unit), sqrt(radius_squared),
                                     Ball::from(point.theta_norm)));
  }
  finding.measured = "exceptions with probability at least " + text_of(ladder.rungs.front().measured, 4);
  judge_ladder(ladder);
  // The bound is 1/4 at the first width already, and does not fall with m: K >= m/4 at every width.
  const bool one = less_equal(Ball(1) / Ball(4), ladder.rungs.front().measured) == Truth::yes;
  finding.outcome = question.constants.size_probability > 0 && one ? Outcome::violated : Outcome::undecided;
  finding.basis =
      "A neuron shorter than sigma/(4 |x| (sigma + |x| (2 + |theta*|))) breaks 1b in every case while "
      "|theta(0)| <= 2; "
      "among m there is one, with probability at least 1/4 at this width and at every larger one: the "
      "constant "
      "needed is at least m/4. " +
      describe(ladder) + scope(question);
  finding.ladder = std::move(ladder);
  return finding;
}

// With probability at least 1 - 1/m: a_i^2 <= 2 ln(4 m^2)/m for all i (a union over m normals), |a|^2 <= 2 and
// |theta(0)|^2 <= 2 (d + 2 sqrt(d x) + 2 x)/d, x = ln(8 m) [LaurentMassart2000]; then in every case
//   DeltaW_i <= g^2 a_i^2 |x|^2 <= (sigma + |x| (|theta(0)| + |theta*|))^2 |x|^2 a_i^2.
Finding bound_inside(const Question& question, bool typical) {
  const numeric::WorkingPrecision precision(kBits);
  const InsidePoint& point = *question.inside;
  const Ball squared = Ball::from(point.input_squared), dimension(static_cast<int>(point.d)), two(2);
  Finding finding;
  finding.claim =
      fmt::format("the largest DeltaW_i over (xi, eps), {}, is at most K with probability at least 1 - 1/m",
                  typical ? "of a neuron drawn at random" : "over all neurons");
  finding.bound = "K";
  Ladder ladder{"m", "m", "upper bound of the largest DeltaW_i", {}};
  for (const BigInt& m : widths(question)) {
    const Ball width = Ball::from(Exact(m)), log_m = numeric::log(m), x = numeric::log(Ball(8)) + log_m;
    const Ball theta = sqrt(two * (dimension + two * sqrt(dimension * x) + two * x) / dimension);
    const Ball g = Ball::from(point.sigma) + sqrt(squared) * (theta + Ball::from(point.theta_norm));
    const Ball second = two * (numeric::log(Ball(4)) + two * log_m) / width;
    add_rung(ladder, text_of_width(m), width,
             numeric::pow(width, Exact(-question.constants.step_bound_exponent)), g * g * squared * second);
  }
  judge_ladder(ladder);
  finding.measured = "at most " + text_of(ladder.rungs.front().measured, 4);
  finding.basis = "Gaussian tails with explicit constants. " + describe(ladder) + scope(question);
  support(finding, question, std::move(ladder));
  return finding;
}

}  // namespace escapement::theory

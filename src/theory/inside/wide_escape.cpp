#include "escapement/theory/inside/wide_escape.h"

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/among_many.h"
#include "escapement/stats/chi_square.h"
#include "escapement/theory/escape_law.h"
#include "escapement/theory/inside/inside_point.h"
#include "escapement/theory/ladder.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr std::size_t kRungs = 3, kMostDimension = 100;
constexpr int kRareness = 1000;  // below its inverse, 1 - (1 - p)^m and m p are printed alike
constexpr unsigned long kFirstExponent = 100, kStrideExponent = 50;
constexpr long kTiny = 1'000'000;  // a probability below 2^-this enters a ladder as [0, 2^-this]
const Exact kFloor{1, 2};

std::string power_text(const BigInt& m) { return numeric::to_string(Exact(m)); }

// [0, 2^-kTiny] for what is smaller: logarithms of it need not fit a double, and no constant ever needs it.
Ball resolved(const Ball& p) {
  Ball tiny(1);
  arb_mul_2exp_si(tiny.raw(), tiny.raw(), -kTiny);
  return less(p, tiny) == Truth::yes ? numeric::hull(Ball(0), tiny) : p;
}

// In decimals, or as 10^(...) where the exponent itself is long.
std::string size_text(const Ball& x) {
  constexpr int kLong = 100'000;
  if (less(Ball(0), x) != Truth::yes) return text_of(x, 4);
  const Ball log10 = numeric::log10(x);
  return less(abs(log10), Ball(kLong)) == Truth::yes ? text_of(x, 4)
                                                     : fmt::format("10^({})", text_of(log10, 4));
}

// To leading order in tau a neuron moves by tau c |w|, tau = (factor/2) sqrt(log m)/sqrt(m): it stays inside the ball of
// radius rho/sqrt(m) if |w| <= 2 rho / (factor c sqrt(log m)). Its probability, with d |w|^2 of the chi-square law, falls
// as (log m)^(-d/2) only.
Ball short_neuron_law(std::size_t d, const BigInt& m, const Exact& covariance,
                      const PaperConstants& constants) {
  const Ball pace = Ball::from(Exact(constants.escape_factor * covariance / 2)) * sqrt(numeric::log(m));
  if (pace.contains_zero()) return Ball(1);
  const Ball reach = Ball::from(constants.lazy_radius) / pace;
  return stats::chi_square_cdf(static_cast<long>(d), Ball(static_cast<int>(d)) * reach * reach);
}

// P(no neuron is inside).
std::string none_text(const WideEscape& e) {
  if (less(Ball(kRareness) * e.expected, Ball(1)) == Truth::yes) return "1 - " + size_text(e.expected);
  return fmt::format("10^({})", text_of(e.log10_none, 4));
}

}  // namespace

WideEscape wide_escape(EscapeReading reading, std::size_t d, const BigInt& m, const Exact& covariance,
                       const Exact& theta_norm, const config::Config& config, const PaperConstants& constants,
                       Laboratory& laboratory) {
  WideFlow flow;
  flow.stream = {config.seed, config.replica};
  flow.d = d;
  flow.m = m;
  flow.covariance = covariance;
  flow.theta_norm = theta_norm;
  {
    const numeric::WorkingPrecision precision(256);
    flow.tau =
        Ball::from(Exact(constants.escape_factor / 2)) * sqrt(numeric::log(m)) / sqrt(Ball::from(Exact(m)));
  }
  WideEscape result;
  const WideFlowEnd end = laboratory.wide_flow(flow);
  result.failure = end.failure;
  if (!result.failure.empty()) return result;
  const numeric::WorkingPrecision precision(end.bits);
  const EscapeLaw law = escape_law_of_displacement(
      end.displacement, m, Ball(1), Ball::from(constants.lazy_radius) / sqrt(Ball::from(Exact(m))),
      Ball::from(kFloor));
  result.stays = reading == EscapeReading::norm_floor ? law.long_stays : law.stays;
  const stats::AmongMany many = stats::among_many(result.stays, m);
  result.fails = reading == EscapeReading::fraction ? result.stays : many.at_least_one;
  result.expected = many.expected;
  Ball log_none;
  arb_neg(log_none.raw(), result.stays.raw());
  arb_log1p(log_none.raw(), log_none.raw(), end.bits);
  result.log10_none = Ball::from(Exact(m)) * log_none / numeric::log(Ball(10));
  return result;
}

Finding judge_wide_escape(const Question& question, Laboratory& laboratory, EscapeReading reading,
                          const BigInt& base, const Exact& covariance) {
  const std::size_t d = question.config.d;
  Finding finding;
  finding.evidence = Evidence::computed;
  const char* who = reading == EscapeReading::literal ? "all neurons are"
                    : reading == EscapeReading::norm_floor
                        ? "all neurons with |w_i(0)| >= 1/2 are"
                        : "a share of at least 1 - O(1/m) of the neurons is";
  finding.claim = fmt::format(
      "{} outside the lazy ball at T1{}, eta -> 0, as m grows from {}", who,
      reading == EscapeReading::fraction ? "" : ", with probability at least 1 - O(1/m)", power_text(base));
  if (d > kMostDimension) {
    finding.basis = fmt::format("d = {}: the flow is integrated up to d = {}.", d, kMostDimension);
    return finding;
  }
  Ladder ladder{
      "m",
      "m",
      reading == EscapeReading::fraction ? "expected share inside" : "probability that a neuron is inside",
      {}};
  if (question.inside != nullptr) {
    const InsidePoint& p = *question.inside;
    finding.basis = limit_failure(Ball::from(Exact(p.eta * Exact(p.m) * p.covariance)));
    if (!finding.basis.empty()) return finding;
  }
  bool lawful = true;
  const BigInt stride = power_of_ten(kStrideExponent);
  BigInt m = base;
  WideEscape first;
  for (std::size_t i = 0; i < kRungs; ++i, m *= stride) {
    const Exact theta = question.inside != nullptr && i == 0
                            ? question.inside->theta_norm
                            : Exact(1) / Exact(power_of_ten((exponent_of_ten(m) + 3) / 4));
    const WideEscape here =
        wide_escape(reading, d, m, covariance, theta, question.config, question.constants, laboratory);
    if (!here.failure.empty()) {
      finding.basis = "The slow flow ends without an answer: " + here.failure + ".";
      return finding;
    }
    if (i == 0) first = here;
    const numeric::WorkingPrecision precision(128);
    const Ball width = Ball::from(Exact(m));
    add_rung(ladder, power_text(m), width, Ball(1) / width, resolved(here.fails));
    const Ball law = short_neuron_law(d, m, covariance, question.constants);
    lawful = lawful && less(law, Ball(2) * here.stays) == Truth::yes &&
             less(here.stays, Ball(2) * law) == Truth::yes;
  }
  const numeric::WorkingPrecision precision(128);
  judge_ladder(ladder);
  finding.bound = reading == EscapeReading::fraction ? "K/m" : "1 - K/m";
  finding.measured = reading == EscapeReading::fraction ? "1 - " + size_text(first.stays) : none_text(first);
  finding.basis = fmt::format(
      "At m = {}: one neuron is inside with probability {}{}, {} of all m are expected to be, none is with "
      "probability {}. "
      "Limit theorem: label-noise SGD follows the slow flow as eta -> 0 at this m; not a bound at one eta. "
      "Computed: the flow "
      "up to tau = {} sqrt(log m)/sqrt(m), adaptively in MPFR, from S(0) of the Wishart law; neurons as "
      "independent "
      "Gaussian rows given P. Certified: from there, the eigenvalues, the integral and its m-fold power. {}",
      ladder.rungs.front().at, size_text(first.stays), reading == EscapeReading::norm_floor ? " at most" : "",
      size_text(first.expected), none_text(first),
      numeric::to_string(Exact(question.constants.escape_factor / 2)), describe(ladder));
  if (reading == EscapeReading::norm_floor) {
    conclude(finding, std::move(ladder), {{"d", std::to_string(d), std::to_string(d)}});
    return finding;
  }
  if (lawful) {
    finding.outcome = Outcome::violated;
    finding.basis +=
        " Law: to leading order in 1/sqrt(m) a neuron moves by tau c |w|, so that it stays if |w| <= "
        "1/(192 c sqrt(log m)); a short neuron's probability falls as (log m)^(-d/2), within a factor of 2 "
        "of what "
        "the flow gives at each of these widths. m times it grows without bound: no constant is enough.";
  }
  finding.ladder = std::move(ladder);
  return finding;
}

Finding escape_inside(const Question& question, Laboratory& laboratory, EscapeReading reading) {
  return judge_wide_escape(question, laboratory, reading, question.inside->m, question.inside->covariance);
}

Finding escape_as_m_grows(const Question& question, Laboratory& laboratory, EscapeReading reading) {
  // Where m p is large: p is of the order of (d/(2 (192)^2 log m))^(d/2), so m has to be beyond its inverse.
  const auto dimension = static_cast<unsigned long>(question.config.d);
  return judge_wide_escape(question, laboratory, reading,
                           power_of_ten(std::max(kFirstExponent, kFirstExponent / 10 * dimension)), 1);
}

}  // namespace escapement::theory

#include "escapement/theory/inside/phase_two_limit.h"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/inside/aligned_flow.h"
#include "escapement/theory/inside/inside_point.h"
#include "escapement/theory/ladder.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr long kBits = 256, kTiny = 1'000'000;
constexpr std::size_t kRungs = 4, kBriefRungs = 3;
constexpr double kShare = 0.9;

constexpr const char* kMeans =
    "Closed form of gradient flow on inputs of covariance c I (certified, in enclosures); that descent at "
    "this eta follows "
    "it up to a relative error of order eta ln(1/eta) is derived, not certified.";

// [0, 2^-kTiny] for what is smaller: no constant needs it.
Ball resolved(const Ball& x) {
  Ball tiny(1);
  arb_mul_2exp_si(tiny.raw(), tiny.raw(), -kTiny);
  return less(abs(x), tiny) == Truth::yes ? numeric::hull(Ball(0), tiny) : x;
}

std::string short_text(const Ball& x) {
  constexpr int kLong = 100'000;
  if (less(Ball(0), x) != Truth::yes) return text_of(x, 4);
  const Ball log10 = numeric::log10(x);
  return less(abs(log10), Ball(kLong)) == Truth::yes ? text_of(x, 4)
                                                     : fmt::format("10^({})", text_of(log10, 4));
}

// Exponents are of the order of ln(1/eta)/|theta*|: their integer part is lost before the first wanted digit.
long bits_for(const Ball& theta_norm) {
  return kBits + std::max(0L, -static_cast<long>(arf_abs_bound_lt_2exp_si(arb_midref(theta_norm.raw()))));
}

Ball theta_at(const std::optional<Exact>& theta_norm, const BigInt& m) {
  return theta_norm ? Ball::from(*theta_norm) : Ball(1) / sqrt(sqrt(Ball::from(Exact(m))));
}

// A1 with the constant of the point: m(eta) = ceil(c/sqrt(eta)), m at the point's own eta.
WidthLaw width_law(const InsidePoint& point) {
  return [m = point.m, at = point.eta](const Exact& eta) -> BigInt {
    return eta == at ? m : numeric::ceiling_of_root(Exact(Exact(m * m) * at / eta));
  };
}

std::vector<Range> ranges_of(const InsidePoint& point, const std::vector<Exact>& etas,
                             const WidthLaw& width) {
  const std::string theta = numeric::to_string(point.theta_norm), d = std::to_string(point.d);
  return {
      {"m", numeric::to_string(Exact(width(etas.front()))), numeric::to_string(Exact(width(etas.back())))},
      {"theta_norm", theta, theta},
      {"d", d, d}};
}

// eta times the largest curvature in Phase II: sum of a^2 + |w|^2 <= 2 m eta, and c |theta*| near the solution.
Ball curvature_of(const InsidePoint& p) {
  return Ball::from(Exact(p.eta * p.covariance)) *
         (Ball::from(Exact(2 * Exact(p.m) * p.eta)) + Ball(2) * Ball::from(p.theta_norm));
}

}  // namespace

std::vector<Exact> squaring_rungs(const Exact& eta, std::size_t count) {
  std::vector<Exact> rungs{eta};
  while (rungs.size() < count) rungs.emplace_back(rungs.back() * rungs.back());
  return rungs;
}

std::vector<Exact> deep_rungs(const Exact& eta) {
  const Exact deepest = Exact(1) / Exact(power_of_ten(640));
  std::vector<Exact> rungs{eta};
  while (rungs.back() > deepest) rungs.emplace_back(rungs.back() * rungs.back());
  return rungs;
}

Ladder alignment_ladder(const std::vector<Exact>& etas, const WidthLaw& width, std::size_t d,
                        const Exact& covariance, const std::optional<Exact>& theta_norm, bool flow_time,
                        bool generic, const PaperConstants& constants) {
  const numeric::WorkingPrecision precision(kBits);
  Ladder ladder{
      "eta", "1/eta", generic ? "90% quantile of 1 - |cos|" : "1 - |cos| of a neuron with a = -<w, e>", {}};
  const auto dimension = static_cast<int>(d);
  const double quantile = generic && flow_time ? growing_part_quantile(d, kShare) : 0;
  for (const Exact& eta : etas) {
    const BigInt m = width(eta);
    const numeric::WorkingPrecision enough(bits_for(theta_at(theta_norm, m)));
    const Ball x = Ball::from(eta), log = -numeric::log(x);
    AlignedFlow flow;
    flow.theta_norm = theta_at(theta_norm, m);
    flow.covariance = Ball::from(covariance);
    // Drawn: E p^2 = E q^2 = eta (1/3 + 1/(d + 2)) each. Else one pair of neurons with p = 0 and v, -v, so that theta has no
    // part orthogonal to e, and all others aligned with a = <w, e> = sqrt(eta)/2.
    const Ball each = x * (Ball(1) / Ball(3) + Ball(1) / Ball(dimension + 2));
    flow.P = generic ? Ball::from(Exact(m)) * each : Ball::from(Exact(m - 2)) * x;
    flow.Q = generic ? flow.P : Ball(2) * x;
    const Ball time =
        Ball::from(constants.alignment_time) * log / flow.theta_norm * (flow_time ? Ball(1) : x);
    const Ball y = growth(flow, time), half = sqrt(x) / Ball(2);
    Ball deficit;
    if (generic && flow_time) {
      deficit = alignment_deficit(y, Ball(1), Ball(0), sqrt(Ball::dyadic(quantile)));
    } else if (generic) {  // nothing moves: |cos|^2 is Beta(1/2, (d - 1)/2)
      deficit =
          Ball(1) - Ball::dyadic(std::sqrt(boost::math::ibeta_inv(0.5, (dimension - 1) / 2.0, 1 - kShare)));
    } else {
      deficit = alignment_deficit(y, Ball(0), Ball(-2) * half, half);
    }
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x,
             log * numeric::pow(x, constants.alignment_exponent), deficit);
  }
  return ladder;
}

Finding alignment_inside(const Question& question, bool flow_time, bool generic) {
  const InsidePoint& point = *question.inside;
  const numeric::WorkingPrecision precision(kBits);
  Finding finding;
  finding.claim = fmt::format(
      "1 - |cos(w_i, theta*)| <= K ln(1/eta) sqrt(eta) {} ln(1/eta)/|theta*|, for {}, |theta*| = {}",
      flow_time ? "at flow time" : "at step",
      generic ? "nine in ten neurons drawn uniformly from the ball of radius sqrt(eta)" : "any neuron",
      numeric::to_string(point.theta_norm));
  if (point.d == 1) {
    finding.outcome = Outcome::vacuous;
    finding.basis = "d = 1: every neuron is aligned.";
    return finding;
  }
  const std::string misaligned = misalignment_law(flow_time, generic, point.d, question.constants);
  finding.basis = limit_failure(curvature_of(point));
  if (!finding.basis.empty() && (misaligned.empty() || generic)) return finding;
  const std::vector<Exact> etas = squaring_rungs(point.eta, question.brief ? kBriefRungs : kRungs);
  const WidthLaw width = width_law(point);
  Ladder ladder = alignment_ladder(etas, width, point.d, point.covariance, point.theta_norm, flow_time,
                                   generic, question.constants);
  judge_ladder(ladder);
  finding.bound = text_of(ladder.rungs.front().bound, 4);
  finding.measured = text_of(ladder.rungs.front().measured, 4);
  finding.basis = std::string(kMeans) + " " + describe(ladder);
  if (!misaligned.empty()) {
    finding.outcome = Outcome::violated;
    finding.basis += " " + misaligned;
    finding.ladder = std::move(ladder);
    return finding;
  }
  Ladder small =
      alignment_ladder(etas, width, point.d, point.covariance, std::nullopt, true, true, question.constants);
  judge_ladder(small);
  finding.basis +=
      " Neurons enter through their means, m being large (limit theorem), and the quantile by quadrature in "
      "doubles. K depends on |theta*|: along |theta*| = m^(-1/4), which A4 allows and the lemma does not "
      "exclude, " +
      describe(small);
  conclude(finding, std::move(ladder), ranges_of(point, etas, width));
  return finding;
}

Ladder convergence_ladder(const std::vector<Exact>& etas, const WidthLaw& width, const Exact& covariance,
                          const Exact& theta_norm, const PaperConstants& constants) {
  const numeric::WorkingPrecision precision(bits_for(Ball::from(theta_norm)));
  Ladder ladder{"eta", "1/eta", "|theta(t3) - theta*|", {}};
  for (const Exact& eta : etas) {
    const Ball x = Ball::from(eta), log = -numeric::log(x), m = Ball::from(Exact(width(eta)));
    AlignedFlow flow;
    flow.theta_norm = Ball::from(theta_norm);
    flow.covariance = Ball::from(covariance);
    // One neuron with a = <w, e> = sqrt(eta)/2, p^2 = eta; all others only shrink: a = -<w, e>, |w| = sqrt(eta), q^2 = 4 eta.
    flow.P = x;
    flow.Q = Ball(4) * x * (m - Ball(1));
    const Ball time = Ball::from(constants.convergence_time) * log / (flow.theta_norm * flow.theta_norm);
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x,
             log * numeric::pow(x, constants.convergence_exponent), resolved(distance(flow, time)));
  }
  return ladder;
}

Finding convergence_inside(const Question& question, bool neurons, bool degenerate) {
  const InsidePoint& point = *question.inside;
  const numeric::WorkingPrecision precision(bits_for(Ball::from(point.theta_norm)));
  Finding finding;
  finding.claim =
      fmt::format("{} K eta ln(1/eta) at t3, |theta*| = {}, from {}",
                  neurons ? "1 - |cos(w_i, theta*)| of every neuron with |w_i| >= sqrt(eta) is at most"
                          : "|theta - theta*| <=",
                  numeric::to_string(point.theta_norm),
                  degenerate ? "any aligned start" : "an aligned start with one neuron of a <w, e> = eta/4");
  const Ball x = Ball::from(point.eta), log = -numeric::log(x);
  finding.bound = text_of(log * numeric::pow(x, question.constants.convergence_exponent), 4);
  if (neurons) {
    finding.outcome = Outcome::holds;
    finding.measured = "0";
    finding.basis =
        "Law: inputs of covariance c I leave an aligned network aligned: the gradient is a multiple of theta "
        "- "
        "theta*, at every step and any step size. 1 - |cos| is 0.";
    return finding;
  }
  if (degenerate) {
    finding.outcome = question.constants.convergence_exponent > 0 ? Outcome::violated : Outcome::undecided;
    finding.measured = "at least " + numeric::to_string(point.theta_norm);
    finding.basis =
        "Law: with a_i = -<w_i, e> for all i the part of a neuron that grows is 0 and stays 0, so that "
        "<theta, e> <= 0 "
        "and |theta - theta*| >= |theta*| at every step. The bound goes to 0: no constant is enough.";
    return finding;
  }
  finding.basis = limit_failure(curvature_of(point));
  if (!finding.basis.empty()) return finding;
  const std::vector<Exact> etas = squaring_rungs(point.eta, question.brief ? kBriefRungs : kRungs);
  Ladder ladder =
      convergence_ladder(etas, width_law(point), point.covariance, point.theta_norm, question.constants);
  judge_ladder(ladder);
  const ConvergenceLaw law = convergence_law(point.theta_norm, point.covariance, question.constants);
  finding.outcome = law.holds ? Outcome::holds : Outcome::violated;
  finding.measured = short_text(ladder.rungs.front().measured);
  finding.basis = std::string(kMeans) + " " + describe(ladder) + " " + law.text;
  finding.ladder = std::move(ladder);
  return finding;
}

}  // namespace escapement::theory

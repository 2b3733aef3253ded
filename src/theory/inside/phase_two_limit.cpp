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

}  // namespace

std::vector<Exact> squaring_rungs(const Exact& eta, std::size_t count) {
  std::vector<Exact> rungs{eta};
  while (rungs.size() < count) rungs.emplace_back(rungs.back() * rungs.back());
  return rungs;
}

Ladder alignment_ladder(const std::vector<Exact>& etas, std::size_t d, const Exact& covariance,
                        const std::optional<Exact>& theta_norm, bool flow_time, bool generic,
                        const PaperConstants& constants) {
  const numeric::WorkingPrecision precision(kBits);
  Ladder ladder{
      "eta", "1/eta", generic ? "90% quantile of 1 - |cos|" : "1 - |cos| of a neuron with a = -<w, e>", {}};
  const auto dimension = static_cast<int>(d);
  const double quantile = generic && flow_time ? growing_part_quantile(d, kShare) : 0;
  for (const Exact& eta : etas) {
    const BigInt m = least_width(eta);
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
    finding.outcome = Outcome::holds;
    finding.basis = "d = 1: every neuron is aligned.";
    return finding;
  }
  const std::vector<Exact> etas = squaring_rungs(point.eta, question.brief ? kBriefRungs : kRungs);
  Ladder ladder = alignment_ladder(etas, point.d, point.covariance, point.theta_norm, flow_time, generic,
                                   question.constants);
  finding.outcome = judge_ladder(ladder);
  finding.bound = text_of(ladder.rungs.front().bound, 4);
  finding.measured = text_of(ladder.rungs.front().measured, 4);
  finding.basis = std::string(kMeans) + " " + describe(ladder);
  if (generic && flow_time) {
    Ladder small =
        alignment_ladder(etas, point.d, point.covariance, std::nullopt, true, true, question.constants);
    judge_ladder(small);
    finding.basis +=
        " Neurons enter through their means, m being large (limit theorem), and the quantile by quadrature "
        "in doubles. K "
        "depends on |theta*|: along |theta*| = m^(-1/4), which A4 allows and the lemma does not exclude, " +
        describe(small);
  } else if (!generic) {
    finding.basis +=
        " The start is one that the hypotheses allow: a pair of neurons with a = -<w, e>, all others "
        "aligned.";
  }
  finding.ladder = std::move(ladder);
  return finding;
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
  Ladder ladder{"eta", "1/eta", neurons ? "largest 1 - |cos| of a long neuron" : "|theta - theta*|", {}};
  bool any_long = false;
  for (const Exact& eta : squaring_rungs(point.eta, question.brief ? kBriefRungs : kRungs)) {
    const Ball x = Ball::from(eta), log = -numeric::log(x), root = sqrt(x);
    const Ball m = Ball::from(Exact(least_width(eta)));
    AlignedFlow flow;
    flow.theta_norm = Ball::from(point.theta_norm);
    flow.covariance = Ball::from(point.covariance);
    // Those that only shrink: a = -<w, e>, |w| = sqrt(eta), q^2 = 4 eta.
    flow.P = degenerate ? Ball(0) : x;
    flow.Q = Ball(4) * x * (degenerate ? m : m - Ball(1));
    const Ball time =
        Ball::from(question.constants.convergence_time) * log / (flow.theta_norm * flow.theta_norm);
    const Ball bound = log * numeric::pow(x, question.constants.convergence_exponent);
    const Ball y = growth(flow, time), grown = sqrt(flow.P * y) / Ball(2), shrunk = root / sqrt(y);
    any_long = any_long || less(grown, root) != Truth::yes || less(shrunk, root) != Truth::yes;
    // Covariance c I leaves an aligned neuron aligned: its deficit is 0.
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x, bound,
             neurons ? Ball(0) : resolved(distance(flow, time)));
    if (ladder.rungs.size() == 1) {
      finding.bound = text_of(bound, 4);
      finding.measured = neurons ? "0" : short_text(distance(flow, time));
    }
  }
  finding.outcome = neurons && !any_long ? Outcome::vacuous : judge_ladder(ladder);
  finding.basis = std::string(kMeans) + " " +
                  (neurons && !any_long ? "No neuron is as long as sqrt(eta) at t3."
                   : neurons            ? "Inputs of covariance c I leave an aligned neuron aligned."
                                        : describe(ladder));
  if (neurons && !any_long) {
    finding.measured.clear();
    return finding;
  }
  finding.ladder = std::move(ladder);
  return finding;
}

}  // namespace escapement::theory

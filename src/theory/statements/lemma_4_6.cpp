// Lemma 4.6 (convergence) [LabelNoise2026]: A1-3, A5-6, all neurons perfectly aligned at t2. With
// t3 = t2 + ln(1/eta)/(eta |theta*|^2): 1. |theta(t3) - theta*| <= O(eta ln(1/eta)); 2. every neuron with
// |w_i(t3)| >= sqrt(eta) has |<theta*, w_i>| / (|theta*| |w_i|) >= 1 - O(eta ln(1/eta)).
// Readings: literal (any aligned start, a sample of n = ceil(1/eta^2)), non-degenerate (one neuron has a_i <w_i, theta*> of
// the order of eta, the others are as bad as they may be); each also on the population, where C = I.
// "Any" is judged on the start a_i = u_i = eta^p sqrt(eta), w_i = u_i e, p = ceil(2/|theta*|) + 2: aligned, no entry zero,
// and too small to have grown at t3. (On the population a_i = -u_i never grows at all, which is what Coq refutes with.)
// Boundary cases: theta* = 0; all neurons zero; |theta*| > 1, where t3 comes before the error is down to eta.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/covariance.h"
#include "escapement/theory/inside/phase_two_limit.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;

constexpr std::size_t kRungs = 5, kBriefRungs = 3;
constexpr double kMostSteps = 2e7;                               // of one rung
constexpr double kDistanceFloor = 1e-10, kDeficitFloor = 1e-20;  // of rounding, for theta of the order of one

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  set(config, "algorithm", "gradient-descent");
  set(config, "batch", "full");
  config.m = least_width(config.eta);
  return config;
}

struct End {
  double distance = 0;                     // |theta - theta*|
  double deficit = 0;                      // largest 1 - |cos| of the long neurons
  std::uint64_t long_ones = 0, steps = 0;  // neurons with |w_i| >= sqrt(eta)
};

// The start's neurons, where `copies` equal ones are one row times sqrt(copies): what acts from the right cannot tell
// them apart, so that the run takes two rows, not m.
struct Group {
  Row row;
  double copies = 1;
};

std::vector<Group> start_groups(const model::Instance& instance, const BigInt& m, double radius,
                                bool degenerate) {
  const auto width = static_cast<double>(m);
  if (degenerate) {
    const double growth = 2 / static_cast<double>(instance.config.theta_norm);
    const double u = radius * std::pow(radius * radius, std::ceil(growth) + 2);
    return {{aligned_neuron(instance.theta_star, u, u), width}};
  }
  // The others: aligned, as large as Phase II allows, in the decaying mode.
  return {{aligned_neuron(instance.theta_star, radius, -radius), width - 1},
          {aligned_neuron(instance.theta_star, radius / 2, radius / 2), 1}};
}

std::optional<End> end_at(const config::Config& base, const Exact& eta, bool population, bool degenerate,
                          const PaperConstants& constants, Laboratory& laboratory) {
  config::Config config = base;
  config.eta = eta;
  config.m = least_width(eta);
  const double step = static_cast<double>(eta), norm = static_cast<double>(base.theta_norm);
  const double steps =
      std::ceil(static_cast<double>(constants.convergence_time) * std::log(1 / step) / (step * norm * norm));
  if (!(steps <= kMostSteps)) return std::nullopt;
  config.steps = static_cast<std::uint64_t>(steps);
  set(config, "n", population ? "population" : std::to_string(config.d));
  model::Instance instance = model::make_instance(config, config.replica);
  if (!population) {
    const BigInt n = std::max(numeric::ceiling_of(Exact(1 / (eta * eta))), BigInt(config.d));
    const auto inputs = inputs_of_sample(instance.stream, instance.d, n);
    instance.generated_inputs.clear();
    for (const auto& x : inputs)
      instance.generated_inputs.insert(instance.generated_inputs.end(), x.begin(), x.end());
  }
  const double radius = std::sqrt(step);
  const std::vector<Group> groups = start_groups(instance, config.m, radius, degenerate);
  std::vector<Row> rows;
  for (const Group& group : groups) {
    rows.push_back(group.row);
    for (double& entry : rows.back()) entry *= std::sqrt(group.copies);
  }
  give_start(instance, rows);

  End result;
  result.steps = config.steps;
  LookWith look([&](const auto& sight) {
    double squared = 0;
    for (std::size_t j = 0; j < sight.state.d(); ++j) {
      const double e = numeric::to_double(sight.state.theta().get(j)) -
                       numeric::to_double(sight.problem.theta_star.get(j));
      squared += e * e;
    }
    result.distance = std::sqrt(squared);
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    numeric::Rows<T> z(groups.size(), sight.state.d());
    sight.state.neurons(0, z);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      double along = 0, length = 0;
      for (std::size_t j = 0; j < z.d(); ++j) {
        const double w = numeric::to_double(z.get(i, j));
        along += w * numeric::to_double(sight.problem.theta_star.get(j)) / norm;
        length += w * w;
      }
      if (groups[i].copies < 1 || length < step * groups[i].copies) continue;
      ++result.long_ones;
      // |w|^2 - <w, e>^2 without cancellation is what 1 - |cos| needs where it is small.
      double across = 0;
      for (std::size_t j = 0; j < z.d(); ++j) {
        const double off = numeric::to_double(z.get(i, j)) -
                           along * numeric::to_double(sight.problem.theta_star.get(j)) / norm;
        across += off * off;
      }
      const double cosine = std::fabs(along) / std::sqrt(length);
      result.deficit = std::max(result.deficit, across / length / (1 + cosine));
    }
  });
  const RunEnd end = laboratory.run(instance, {config.steps}, look);
  if (end.outcome != observe::Outcome::completed) return std::nullopt;
  return result;
}

// Below the floor double precision shows rounding: anything from 0 to there.
Ball resolved(double measured, double floor) {
  if (measured >= floor) return Ball::dyadic(measured);
  Ball unresolved;
  arb_add_error(unresolved.raw(), Ball::dyadic(floor).raw());
  return unresolved;
}

struct Reading {
  bool predictor, population, degenerate;
};

Finding judge(const Question& question, Laboratory& laboratory, Reading reading) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      fmt::format("{} <= K eta ln(1/eta) at t2 + ln(1/eta)/(eta |theta*|^2), {}, {}",
                  reading.predictor ? "|theta - theta*|"
                                    : "1 - |cos(w_i, theta*)| of every neuron with |w_i| >= sqrt(eta)",
                  reading.degenerate ? "from any aligned start in Phase II"
                                     : "from aligned starts with one a_i <w_i, theta*> = |theta*| eta/4",
                  reading.population ? "on the population" : "on a sample of n = ceil(1/eta^2)");
  if (config.theta_norm == 0 || config.eta >= 1) {
    finding.outcome = Outcome::vacuous;
    finding.basis =
        config.theta_norm == 0 ? "theta* = 0: t3 is never." : "eta >= 1: ln(1/eta) is not positive.";
    return finding;
  }
  Ladder ladder{"eta",
                "1/eta",
                reading.predictor ? "|theta(t3) - theta*|" : "largest 1 - |cos| of the long neurons",
                {}};
  std::uint64_t long_ones = 0, steps = 0;
  std::string beyond;
  for (const Exact& eta : falling_rungs(config.eta, question.brief ? kBriefRungs : kRungs)) {
    const auto end =
        end_at(config, eta, reading.population, reading.degenerate, question.constants, laboratory);
    if (!end) {
      beyond = numeric::to_string(eta);
      break;
    }
    long_ones += end->long_ones;
    steps = end->steps;
    const Ball x = Ball::from(eta);
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x,
             -numeric::log(x) * numeric::pow(x, question.constants.convergence_exponent),
             resolved(reading.predictor ? end->distance : end->deficit,
                      reading.predictor ? kDistanceFloor : kDeficitFloor));
  }
  finding.outcome = judge_ladder(ladder);
  if (!reading.predictor && long_ones == 0 && !ladder.rungs.empty()) finding.outcome = Outcome::vacuous;
  finding.bound = ladder.rungs.empty() ? "" : text_of(ladder.rungs.front().bound);
  finding.measured = ladder.rungs.empty() ? "" : text_of(ladder.rungs.front().measured);
  finding.basis = fmt::format(
      "Gradient descent from aligned starts, run in floating point, m = ceil(1/sqrt(eta)); {}. {}",
      reading.degenerate
          ? "all neurons a_i = <w_i, e> = eta^p sqrt(eta) with p = ceil(2/|theta*|) + 2, none zero, "
            "too small to have grown by then"
          : "one neuron with a_i = <w_i, e> = sqrt(eta)/2, the others in the decaying mode",
      describe(ladder));
  if (!reading.predictor && long_ones == 0)
    finding.basis += " No neuron is as long as sqrt(eta) at t3: nothing is claimed.";
  if (steps > 0) finding.basis += fmt::format(" {} steps at the last rung.", steps);
  if (!beyond.empty())
    finding.basis += fmt::format(" eta = {} would take more steps than a run can, or diverges.", beyond);
  if (!ladder.rungs.empty()) finding.ladder = std::move(ladder);
  return finding;
}

}  // namespace

Statement lemma_4_6() {
  std::vector<Claim> claims;
  for (const bool predictor : {true, false})
    for (const bool degenerate : {true, false})
      for (const bool population : {false, true}) {
        const std::string reading = degenerate
                                        ? (population ? "population" : "literal")
                                        : (population ? "non-degenerate+population" : "non-degenerate");
        claims.push_back(
            {predictor ? "1" : "2", reading,
             std::string(predictor ? "the predictor converges" : "long neurons stay aligned") +
                 (degenerate ? ", from any aligned start" : ", from starts with a growing neuron") +
                 (population ? ", on the population" : ", on a finite sample"),
             [=](const Question& q, Laboratory& laboratory) {
               return judge(q, laboratory, {predictor, population, degenerate});
             },
             false,  // inside, the sample's covariance is the population's, up to a factor
             [=](const Question& q, Laboratory&) { return convergence_inside(q, !predictor, degenerate); }});
      }
  return {"lemma-4.6",
          "Lemma 4.6 (convergence)",
          "all neurons perfectly aligned at t2, t3 = t2 + ln(1/eta)/(eta |theta*|^2): |theta(t3) - theta*| "
          "<= O(eta "
          "ln(1/eta)), and every neuron with |w_i(t3)| >= sqrt(eta) has cosine at least 1 - O(eta ln(1/eta))",
          {"A1", "A2", "A3", "A5", "A6"},
          {"d", "m", "n", "eta", "theta_norm"},
          std::move(claims),
          setting};
}

}  // namespace escapement::theory

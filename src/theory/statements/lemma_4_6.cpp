// Lemma 4.6 (convergence) [LabelNoise2026]: A1-3, A5-6, all neurons perfectly aligned at t2. With
// t3 = t2 + ln(1/eta)/(eta |theta*|^2): 1. |theta(t3) - theta*| <= O(eta ln(1/eta)); 2. every neuron with
// |w_i(t3)| >= sqrt(eta) has |<theta*, w_i>| / (|theta*| |w_i|) >= 1 - O(eta ln(1/eta)).
// Readings: literal (any aligned start, a sample of n = ceil(1/eta^2)), non-degenerate (one neuron has a_i <w_i, theta*> of
// the order of eta, the others are as bad as they may be); each also on the population, where C = I. The width is the least
// that A1 allows with the constant 1, m = ceil(1/sqrt(eta)).
// Derivations decide (inside/phase_two_laws.cpp, docs/statements/lemma-4.6.md): clause 1 from any start is false; from growing
// starts on the population it holds if and only if |theta*| <= 1; clause 2 holds on the population. On a sample, growing
// starts: a ladder of runs.
// "Any" start of clause 1 is a_i = u_i = eta^p sqrt(eta), w_i = u_i e, p = ceil(2/|theta*|) + 2: aligned, no entry zero, and
// too small to have grown at t3. Clause 2 is about long neurons: its start has one that grows.
// Boundary cases: theta* = 0; all neurons zero; |theta*| > 1, where t3 comes before the error is down to eta.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/convergence_runs.h"
#include "escapement/theory/inside/phase_two_limit.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;

constexpr std::size_t kRungs = 5;
constexpr double kDistanceFloor = 1e-10, kDeficitFloor = 1e-20;  // of rounding, for theta of the order of one

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  set(config, "algorithm", "gradient-descent");
  set(config, "batch", "full");
  config.m = least_width(config.eta);
  return config;
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

// The rungs that runs reach within the budget: eta, eta/4, ...
Ladder run_ladder(const Question& question, Laboratory& laboratory, Reading reading, std::size_t most,
                  std::uint64_t& long_ones) {
  Ladder ladder{"eta",
                "1/eta",
                reading.predictor ? "|theta(t3) - theta*|" : "largest 1 - |cos| of the long neurons",
                {}};
  double spent = 0;
  for (const Exact& eta : falling_rungs(question.config.eta, most)) {
    spent += convergence_seconds(question.config, eta, question.constants);
    if (laboratory.repetitions(spent, 0, 1) == 0) break;
    const auto end = convergence_at(question.config, eta, reading.population,
                                    reading.predictor && reading.degenerate, question.constants, laboratory);
    if (!end) break;
    long_ones += end->long_ones;
    const Ball x = Ball::from(eta);
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x,
             -numeric::log(x) * numeric::pow(x, question.constants.convergence_exponent),
             resolved(reading.predictor ? end->distance : end->deficit,
                      reading.predictor ? kDistanceFloor : kDeficitFloor));
  }
  return ladder;
}

// Clause 1 from any aligned start: false by derivation, on every data set.
void judge_any_start(Finding& finding, const Question& question, Reading reading, Ladder runs) {
  finding.outcome = question.constants.convergence_exponent > 0 ? Outcome::violated : Outcome::undecided;
  finding.basis +=
      reading.population
          ? "Law: with a_i = -<w_i, e> for all i the part of a neuron that grows is 0 and stays 0, so that "
            "<theta, e> <= "
            "0 and |theta - theta*| >= |theta*| at every step. The bound goes to 0: no constant is enough."
          : "Law: up to t3 a neuron grows at most by a power of 1/eta that the data and |theta*| fix; starts "
            "smaller "
            "than that, no entry zero, leave |theta| below |theta*|/2. The bound goes to 0: no constant is "
            "enough.";
  if (runs.rungs.empty()) {
    finding.measured =
        "at least " + numeric::to_string(Exact(question.config.theta_norm / (reading.population ? 1 : 2)));
    return;
  }
  judge_ladder(runs);
  finding.basis +=
      " By runs from a_i = <w_i, e> = eta^p sqrt(eta), p = ceil(2/|theta*|) + 2: " + describe(runs);
  finding.ladder = std::move(runs);
}

// Clause 1 from growing starts.
void judge_growing_start(Finding& finding, const Question& question, Reading reading, Ladder runs) {
  const config::Config& config = question.config;
  const ConvergenceLaw law = convergence_law(config.theta_norm, 1, question.constants);
  Ladder closed =
      convergence_ladder(deep_rungs(config.eta), least_width, 1, config.theta_norm, question.constants);
  judge_ladder(closed);
  if (runs.rungs.empty()) finding.measured = text_of(closed.rungs.front().measured);
  const std::string of_population =
      "By the closed form of gradient flow on the population: " + describe(closed) + " " + law.text;
  if (reading.population) {
    finding.outcome = law.holds ? Outcome::holds : Outcome::violated;
    finding.basis += of_population;
    if (!runs.rungs.empty()) {
      judge_ladder(runs);
      finding.basis +=
          fmt::format(" By runs of gradient descent at {} step sizes: {}", runs.rungs.size(), describe(runs));
    }
    finding.ladder = std::move(closed);
    return;
  }
  const std::string theta = numeric::to_string(config.theta_norm), d = std::to_string(config.d);
  if (runs.rungs.empty()) {
    finding.basis += "A sample is judged by runs.";
    return;
  }
  const std::string m = numeric::to_string(Exact(least_width(*numeric::parse_exact(runs.rungs.back().at))));
  conclude(finding, std::move(runs), {{"m", config.m.str(), m}, {"theta_norm", theta, theta}, {"d", d, d}});
  finding.basis += describe(*finding.ladder);
  if (law.holds) return;
  finding.outcome = Outcome::undecided;
  finding.support.reset();
  finding.basis +=
      " The sample's covariance goes to I as eta -> 0, where the constant grows. " + of_population;
}

// Clause 2.
void judge_long_neurons(Finding& finding, const Question& question, Reading reading, Ladder runs,
                        std::uint64_t long_ones) {
  const config::Config& config = question.config;
  if (reading.population) {
    finding.outcome = Outcome::holds;
    finding.measured = "0";
    finding.basis =
        "Law: on the population the gradient is a multiple of theta - theta*, so that an aligned network "
        "stays aligned "
        "at every step, from any aligned start and at any step size. 1 - |cos| is 0.";
    return;
  }
  if (runs.rungs.empty()) {
    finding.basis += "A sample is judged by runs.";
    return;
  }
  if (long_ones == 0) {
    finding.outcome = Outcome::vacuous;
    finding.basis += "No neuron is as long as sqrt(eta) at t3: nothing is claimed.";
    return;
  }
  const std::string theta = numeric::to_string(config.theta_norm), d = std::to_string(config.d),
                    m = numeric::to_string(Exact(least_width(*numeric::parse_exact(runs.rungs.back().at))));
  conclude(finding, std::move(runs), {{"m", config.m.str(), m}, {"theta_norm", theta, theta}, {"d", d, d}});
  finding.basis += describe(*finding.ladder);
}

Finding judge(const Question& question, Laboratory& laboratory, Reading reading) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim = fmt::format(
      "{} <= K eta ln(1/eta) at t2 + ln(1/eta)/(eta |theta*|^2), {}, {}, m = ceil(1/sqrt(eta)) = {}",
      reading.predictor ? "|theta - theta*|"
                        : "1 - |cos(w_i, theta*)| of every neuron with |w_i| >= sqrt(eta)",
      reading.degenerate ? "from any aligned start in Phase II"
                         : "from aligned starts with one a_i <w_i, theta*> = |theta*| eta/4",
      reading.population ? "on the population" : "on a sample of n = ceil(1/eta^2)", config.m.str());
  finding.used = {{"n", reading.population ? "population" : convergence_samples(config.eta, config.d).str()}};
  finding.basis = phase_two_degeneracy(config, false);
  if (!finding.basis.empty()) {
    finding.outcome = Outcome::vacuous;
    return finding;
  }
  const Ball x = Ball::from(config.eta);
  finding.bound = text_of(-numeric::log(x) * numeric::pow(x, question.constants.convergence_exponent));
  const bool lawful = reading.population || (reading.predictor && reading.degenerate);
  std::uint64_t long_ones = 0;
  Ladder runs;
  if (reading.predictor || !reading.population)
    runs = run_ladder(question, laboratory, reading, lawful && question.brief ? 1 : kRungs, long_ones);
  if (!runs.rungs.empty()) {
    finding.measured = text_of(runs.rungs.front().measured);
    finding.basis = "Measured on a run of gradient descent, in floating point. ";
  } else if (reading.predictor || !reading.population) {
    finding.basis = "The budget does not reach a run at this eta. ";
  }
  if (!reading.predictor)
    judge_long_neurons(finding, question, reading, std::move(runs), long_ones);
  else if (reading.degenerate)
    judge_any_start(finding, question, reading, std::move(runs));
  else
    judge_growing_start(finding, question, reading, std::move(runs));
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
        Claim claim;
        claim.clause = predictor ? "1" : "2";
        claim.reading = reading;
        claim.text = std::string(predictor ? "the predictor converges" : "long neurons stay aligned") +
                     (degenerate ? ", from any aligned start" : ", from starts with a growing neuron") +
                     (population ? ", on the population" : ", on a finite sample");
        claim.judge = [=](const Question& q, Laboratory& laboratory) {
          return judge(q, laboratory, {predictor, population, degenerate});
        };
        // Inside, the sample's covariance is the population's, up to a factor.
        claim.inside = [=](const Question& q, Laboratory&) {
          return convergence_inside(q, !predictor, degenerate);
        };
        claim.runs = true;
        claims.push_back(std::move(claim));
      }
  return {"lemma-4.6",
          "Lemma 4.6 (convergence)",
          "all neurons perfectly aligned at t2, t3 = t2 + ln(1/eta)/(eta |theta*|^2): |theta(t3) - theta*| "
          "<= O(eta "
          "ln(1/eta)), and every neuron with |w_i(t3)| >= sqrt(eta) has cosine at least 1 - O(eta ln(1/eta))",
          {"A1", "A2", "A3", "A5", "A6"},
          {"d", "m", "n", "eta", "theta_norm"},
          {},
          std::move(claims),
          setting};
}

}  // namespace escapement::theory

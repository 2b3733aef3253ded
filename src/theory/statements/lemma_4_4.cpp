// Lemma 4.4 (diminishing under simulated oscillation) [LabelNoise2026]: A1-3, A5-6, m = 1/sqrt(eta), the first layer by
// gradient descent, the second by the three-state chain of amplitude eta^(1/4). For some t0 <= 1/eta^2
//   E[ (1/m) sum_i |w_i(t0)|^2 ] <= sqrt(eta).
// The expectation over the chain and the start has a closed form (oscillation_moments.h), so nothing is sampled.
// Boundary cases: theta* = 0; a direction that the data do not see never shrinks; |theta*|^2 > 2/sqrt(eta), where the
// stationary value eta l |theta*|^2 / 2 is above the bound for ever.
#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/covariance.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/oscillation_time.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;

constexpr std::size_t kRungs = 7;

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  set(config, "algorithm", "oscillation");
  set(config, "batch", "full");
  set(config, "init", "chain");
  set(config, "amplitude", "auto");
  config.m = least_width(config.eta);
  if (config.population == config::Population::fresh) config.population = config::Population::gaussian;
  return config;
}

OscillationProblem problem_of(const config::Config& config, bool population) {
  OscillationProblem problem{config.eta, config.m, config.d, {}};
  if (population) return population_problem(config.eta, config.d, config.theta_norm);
  const model::Instance instance = model::make_instance(config, config.replica);
  for (const CovarianceDirection& direction : covariance_directions(instance))
    problem.directions.push_back({Ball::dyadic(direction.eigenvalue),
                                  Ball::dyadic(direction.ground_truth) * Ball::dyadic(direction.ground_truth),
                                  1});
  return problem;
}

Finding judge(const Question& question, Laboratory&) {
  const config::Config& config = question.config;
  const numeric::WorkingPrecision precision(oscillation_bits(config.eta));
  const bool population = config.population == config::Population::gaussian;
  Finding finding;
  const OscillationTime here = first_time_below(problem_of(config, population), question.constants);
  const Ball eta = Ball::from(config.eta);
  finding.claim =
      fmt::format("E[(1/m) sum |w_i(t0)|^2] <= sqrt(eta) = {} for some t0 <= 1/eta^2 = {}, with m = {}",
                  text_of(sqrt(eta)), text_of(numeric::power(eta, -2)), config.m.str());
  finding.outcome = outcome_of(here.reached);
  finding.evidence = population && here.reached != Truth::unknown ? Evidence::certified : Evidence::computed;
  if (population && finding.outcome != Outcome::undecided) finding.radius = here.value.radius_string();
  finding.bound = here.limit.str();
  const Ball t0 = Ball::from(Exact(here.t0)), scale = eta * sqrt(eta);
  const std::string where =
      population
          ? "the population's C = I"
          : fmt::format("the eigenvalues of the data's covariance (n = {}, in double precision)", config.n);
  if (here.reached == Truth::yes) {
    finding.measured = here.t0.str();
    finding.basis = fmt::format(
        "The expectation in closed form with {}, nothing sampled: first below the bound at t0 = {} = {} "
        "eta^(-3/2) = {} "
        "eta^(-2).",
        where, here.t0.str(), text_of(t0 * scale, 4), text_of(t0 * eta * eta, 4));
  } else if (here.reached == Truth::no) {
    finding.measured = "never";
    finding.basis = fmt::format(
        "The expectation in closed form with {}, nothing sampled: it is at least {} at every time up to t = "
        "{}, above "
        "sqrt(eta): each of its terms moves in one direction, which gives a lower bound between the times "
        "evaluated.",
        where, text_of(here.value), here.limit.str());
  } else {
    finding.measured = "not found";
    finding.basis = fmt::format(
        "The expectation in closed form with {}, nothing sampled: the least value found up to t = {} is {}, "
        "and the "
        "lower bound between the times evaluated does not decide.",
        where, here.limit.str(), text_of(here.value));
  }
  if (question.brief) return finding;
  Ladder ladder{"eta", "1/eta", "t0, held against 1/eta^2 (population)", {}};
  for (const Exact& rung : falling_rungs(config.eta, kRungs)) {
    config::Config there = config;
    there.eta = rung;
    there.m = least_width(rung);
    const numeric::WorkingPrecision more(oscillation_bits(rung));
    const OscillationTime time = first_time_below(problem_of(there, true), question.constants);
    if (time.reached != Truth::yes || time.t0 == 0) continue;
    const Ball x = Ball::from(rung);
    add_rung(ladder, numeric::to_string(rung), Ball(1) / x,
             numeric::pow(x, Exact(-question.constants.oscillation_time_exponent)),
             Ball::from(Exact(time.t0)));
  }
  judge_ladder(ladder);
  if (!ladder.rungs.empty()) {
    const Rung& last = ladder.rungs.back();
    const Ball x = Ball(1) / last.limit;
    finding.basis += fmt::format(" At eta = {} t0 is {} eta^(-3/2) and {} eta^(-2).", last.at,
                                 text_of(last.measured * x * sqrt(x), 4), text_of(last.constant, 4));
    finding.ladder = std::move(ladder);
  }
  return finding;
}

}  // namespace

Statement lemma_4_4() {
  return {"lemma-4.4",
          "Lemma 4.4 (diminishing under simulated oscillation)",
          "m = 1/sqrt(eta), gradient descent on the first layer, the three-state chain on the second: for "
          "some t0 <= "
          "1/eta^2, E[(1/m) sum_i |w_i(t0)|^2] <= sqrt(eta)",
          {"A1", "A2", "A3", "A5", "A6"},
          {"d", "m", "n", "eta", "theta_norm"},
          {},
          {{"", "literal", "the mean squared norm is below sqrt(eta) at some t0 <= 1/eta^2, in expectation",
            judge}},
          setting};
}

}  // namespace escapement::theory

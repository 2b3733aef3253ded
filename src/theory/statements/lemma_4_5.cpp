// Lemma 4.5 (alignment) [LabelNoise2026]: A1-3, A5-6. Phase II begins at t1 with |w_i|, |a_i| <= sqrt(eta); plain
// gradient descent. With T2 = ln(1/eta)/|theta*| and t2 = t1 + T2, for any neuron
//   |<theta*, w_i(t2)>| / (|theta*| |w_i(t2)|) >= 1 - O( ln(1/eta) sqrt(eta) ).
// Readings: T2 counted in steps (literal) or as flow time, T2/eta steps; any neuron, or neurons drawn uniformly. The
// width is the least that A1 allows with the constant 1, m = ceil(1/sqrt(eta)).
// A derivation refutes every reading but flow-time+generic (inside/phase_two_laws.cpp). That one has ladders in eta: the
// closed form of gradient flow, from the row's eta to 10^-640, and runs as far as the budget goes; and the closed form at
// m = 1/eta, which A1 allows too. A run at the row's eta gives the measured number wherever the budget allows one.
// "Any" is judged on a start that the hypotheses allow: drawn neurons and one with no part in the growing mode.
// Boundary cases: d = 1, where every neuron is aligned; a neuron orthogonal to theta* with a = 0, which never moves.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/alignment_runs.h"
#include "escapement/theory/inside/phase_two_limit.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::Exact;

constexpr std::size_t kRungs = 5;
const Exact kFailing{1, 10};  // the share that kQuantile leaves

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  set(config, "algorithm", "gradient-descent");
  set(config, "batch", "full");
  set(config, "n", "population");
  config.m = least_width(config.eta);
  return config;
}

// The rungs that runs reach within the budget: eta, eta/4, ...
Ladder run_ladder(const Question& question, Laboratory& laboratory, bool flow_time, bool generic,
                  std::size_t most, double& degenerate) {
  const config::Config& config = question.config;
  Ladder ladder{"eta", "1/eta", generic ? "90% quantile of 1 - |cos|" : "largest 1 - |cos|", {}};
  double spent = 0;
  for (const Exact& eta : falling_rungs(config.eta, most)) {
    spent += alignment_seconds(config, eta, flow_time, generic, question.constants);
    if (laboratory.repetitions(spent, 0, 1) == 0) break;
    const auto deficits = deficits_at(config, eta, flow_time, generic, question.constants, laboratory);
    if (!deficits) break;
    const Ball x = Ball::from(eta), log = -numeric::log(x);
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x,
             log * numeric::pow(x, question.constants.alignment_exponent),
             Ball::dyadic(generic ? deficits->typical : deficits->any));
    degenerate = deficits->degenerate;
  }
  return ladder;
}

constexpr const char* kClosedForm =
    "By the closed form of gradient flow on the population, with the neurons' means (a limit as m grows, not "
    "certified "
    "at one eta): ";

Ladder closed_ladder(const Question& question, bool flow_time, bool generic, const WidthLaw& width) {
  const config::Config& config = question.config;
  return alignment_ladder(deep_rungs(config.eta), width, config.d, 1, config.theta_norm, flow_time, generic,
                          question.constants);
}

// The reading that no derivation decides.
void judge_turning(Finding& finding, const Question& question, Ladder runs) {
  Ladder closed = closed_ladder(question, true, true, least_width);
  finding.outcome = judge_ladder(closed);
  finding.basis += kClosedForm + describe(closed);
  if (!runs.rungs.empty()) {
    judge_ladder(runs);
    finding.basis +=
        fmt::format(" By runs of gradient descent at {} step sizes: {}", runs.rungs.size(), describe(runs));
  }
  if (finding.outcome == Outcome::supported) {
    const auto width = [](const Rung& rung) {
      return numeric::to_string(Exact(least_width(*numeric::parse_exact(rung.at))));
    };
    const std::string theta = numeric::to_string(question.config.theta_norm),
                      d = std::to_string(question.config.d);
    finding.support =
        support_of({&closed, &runs}, {{"m", width(closed.rungs.front()), width(closed.rungs.back())},
                                      {"theta_norm", theta, theta},
                                      {"d", d, d}});
  }
  Ladder wide = closed_ladder(question, true, true,
                              [](const Exact& eta) { return numeric::ceiling_of(Exact(1 / eta)); });
  const Outcome grows = judge_ladder(wide);
  finding.basis += fmt::format(
      " At the width m = ceil(1/eta), which A1 allows as well, {}: {}",
      grows == Outcome::undecided ? "the constant grows without a sign of an end" : "no growth shows",
      describe(wide));
  finding.ladder = std::move(closed);
}

Finding judge(const Question& question, Laboratory& laboratory, bool flow_time, bool generic) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim = fmt::format(
      "1 - |cos(w_i, theta*)| <= K ln(1/eta) sqrt(eta) {} t1 + {}, for {}, m = ceil(1/sqrt(eta)) = {}",
      flow_time ? "at flow time" : "at step",
      flow_time ? "ln(1/eta)/|theta*| (that is, /eta steps)" : "ln(1/eta)/|theta*|",
      generic ? "nine in ten neurons drawn uniformly from the ball of radius sqrt(eta)"
              : "any neuron with |w_i|, |a_i| <= sqrt(eta)",
      config.m.str());
  finding.basis = phase_two_degeneracy(config, true);
  if (!finding.basis.empty()) {
    finding.outcome = Outcome::vacuous;
    return finding;
  }
  const std::string law = misalignment_law(flow_time, generic, config.d, question.constants);
  double degenerate = 0;
  Ladder runs = run_ladder(question, laboratory, flow_time, generic,
                           law.empty() && !question.brief ? kRungs : 1, degenerate);
  const Ball x = Ball::from(config.eta);
  finding.bound = text_of(-numeric::log(x) * numeric::pow(x, question.constants.alignment_exponent));
  if (runs.rungs.empty())
    finding.basis = "The budget does not reach a run at this eta: measured is the closed form's. ";
  else
    finding.basis = "Measured on a run of gradient descent on the population, in floating point. ";
  const Ladder& shown = runs.rungs.empty() ? closed_ladder(question, flow_time, generic, least_width) : runs;
  finding.measured = text_of(shown.rungs.front().measured);
  if (law.empty()) {
    judge_turning(finding, question, std::move(runs));
    return finding;
  }
  finding.outcome = Outcome::violated;
  finding.basis +=
      fmt::format("The constant needed here is {}. {}", text_of(shown.rungs.front().constant, 4), law);
  if (!generic && !runs.rungs.empty())
    finding.basis += fmt::format(
        " The run holds a neuron with a = -<w, e>, no entry of it zero; apart from the verdict, the "
        "degenerate "
        "neuron orthogonal to theta* with a = 0 ends at 1 - |cos| = {:.4g}.",
        degenerate);
  finding.ladder = closed_ladder(question, flow_time, generic, least_width);
  judge_ladder(*finding.ladder);
  return finding;
}

// "Nine in ten drawn neurons" as P(1 - |cos| > K ln(1/eta) sqrt(eta)) <= 1/10 for the first of m drawn ones. At the largest
// eta the logarithm vanishes, which O(.) for eta -> 0 does not mean.
std::optional<Chance> chance_of(const Question& question, bool flow_time) {
  const config::Config& config = question.config;
  if (config.theta_norm == 0 || config.eta >= 1 || config.m > kMostAlignmentWidth) return std::nullopt;
  const double steps = alignment_steps(config.eta, config.theta_norm, flow_time, question.constants);
  if (!(steps <= kMostAlignmentSteps)) return std::nullopt;
  const double step = static_cast<double>(config.eta);
  const double most = static_cast<double>(question.constant) * std::log(1 / step) *
                      std::pow(step, static_cast<double>(question.constants.alignment_exponent));
  Chance chance;
  // 1 - |cos| is at most 1: a larger bound claims nothing.
  chance.bound = most >= 1 ? Ball(1) : Ball::from(Exact(kFailing));
  chance.config = config;
  chance.config.steps = static_cast<std::uint64_t>(steps);
  const auto entries = static_cast<double>(config.m) * static_cast<double>(config.d + 1);
  chance.nominal_seconds = 1e-5 + 5e-7 * entries + steps * (7e-7 + 1e-9 * entries);
  chance.degenerate = phase_two_degeneracy(config, true);
  chance.trial = [most](Laboratory& laboratory, const config::Config& c, std::uint32_t r) {
    model::Instance instance = model::make_instance(c, c.replica + r);
    const double radius = std::sqrt(static_cast<double>(c.eta)), length = static_cast<double>(c.theta_norm);
    give_start(instance, drawn_neurons(instance.stream, instance.d, static_cast<std::size_t>(c.m), radius));
    double first = 0;
    LookWith look([&](const auto& sight) {
      using T = std::decay_t<decltype(sight.state.theta().get(0))>;
      model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t begin, std::size_t size) {
        if (begin != 0) return;
        numeric::Rows<T> z(size, sight.state.d());
        sight.state.neurons(begin, z);
        first = misalignment(z, 0, sight.problem.theta_star, length);
      });
    });
    const RunEnd end = laboratory.run(instance, {c.steps}, look);
    return end.outcome != observe::Outcome::completed ? Truth::unknown : numeric::truth(first > most);
  };
  return chance;
}

}  // namespace

Statement lemma_4_5() {
  std::vector<Claim> claims;
  for (const bool generic : {false, true})
    for (const bool flow_time : {false, true}) {
      Claim claim;
      claim.reading = generic     ? (flow_time ? "flow-time+generic" : "generic")
                      : flow_time ? "flow-time"
                                  : "literal";
      claim.text = std::string(generic ? "neurons drawn uniformly" : "any neuron") +
                   (flow_time ? ", T2/eta steps" : ", T2 counted in steps");
      claim.judge = [=](const Question& q, Laboratory& laboratory) {
        return judge(q, laboratory, flow_time, generic);
      };
      claim.inside = [=](const Question& q, Laboratory&) { return alignment_inside(q, flow_time, generic); };
      if (generic) claim.chance = [=](const Question& q) { return chance_of(q, flow_time); };
      claim.runs = true;
      claims.push_back(std::move(claim));
    }
  return {"lemma-4.5",
          "Lemma 4.5 (alignment)",
          "with T2 = ln(1/eta)/|theta*| and t2 = t1 + T2, for any neuron |<theta*, w_i(t2)>| / (|theta*| "
          "|w_i(t2)|) >= 1 - "
          "O(ln(1/eta) sqrt(eta))",
          {"A1", "A2", "A3", "A5", "A6"},
          {"d", "m", "n", "eta", "theta_norm"},
          {},
          std::move(claims),
          setting};
}

}  // namespace escapement::theory

// Lazy regime [LabelNoise2026, Definition 4.1]: |w_i(t) - w_i(0)| <= 1/sqrt(m) for every i. A predicate that the other
// statements use; it claims nothing. What can be observed is when neurons leave the ball for the first time.
#include <algorithm>

#include <fmt/format.h>

#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

constexpr std::uint64_t kFollowed = 64, kMostSteps = 200'000;

Finding judge(const Question& question, Laboratory& laboratory) {
  config::Config config = question.config;
  config.steps = std::min(config.steps, kMostSteps);
  set(config, "watch", std::to_string(kFollowed));
  const observe::Trajectory run = laboratory.trajectory(model::make_instance(config, config.replica));
  std::vector<std::uint64_t> exits;
  for (const observe::Exit& exit : run.exits)
    if (exit.step) exits.push_back(*exit.step);
  std::sort(exits.begin(), exits.end());
  Finding finding;
  finding.claim = "the network is lazy at t where |w_i(t) - w_i(0)| <= 1/sqrt(m) for every i: a definition";
  finding.bound = "";
  finding.outcome = Outcome::vacuous;
  finding.measured = exits.empty() ? fmt::format("no exit in {} steps", run.steps)
                                   : fmt::format("first exit at step {}", exits.front());
  finding.basis = fmt::format("A definition claims nothing. One run of {} steps: ", run.steps);
  if (exits.empty())
    finding.basis += fmt::format("none of the first {} neurons left the ball.", run.exits.size());
  else
    finding.basis += fmt::format(
        "of the first {} neurons {} left the ball, the first at step {}, half of those at step {}, the last "
        "at step {}.",
        run.exits.size(), exits.size(), exits.front(), exits[(exits.size() - 1) / 2], exits.back());
  if (run.outcome != observe::Outcome::completed)
    finding.basis += " The run ended as " + to_string(run.outcome) + ".";
  return finding;
}

}  // namespace

Statement lazy_regime() {
  return {
      "lazy-regime",
      "Definition 4.1 (lazy regime)",
      "for every i, |w_i(t) - w_i(0)| <= 1/sqrt(m)",
      {},
      {"d", "m", "n", "eta", "sigma", "theta_norm"},
      {"init", "steps"},
      {{"", "literal", "a definition: nothing is claimed; observed is the first exit from the ball", judge}},
      label_noise_sgd_setting};
}

}  // namespace escapement::theory

// Norm identity [LabelNoise2026, displayed after Theorem 4.2]: for label-noise SGD with one sample a step,
//   |w_i(T)|^2 = |w_i(0)|^2 + eta^2 sum_{j<T} DeltaW_i(j) - a_i(0)^2 + a_i(T)^2,
//   DeltaW_i(j) = -g_j^2 ( <x_j, w_i(j)>^2 - a_i(j)^2 |x_j|^2 ).
// One step of one neuron sees it through N = |w|^2, p = <w, x>, X = |x|^2 and a alone, so the identity for T = 1 is one
// between polynomials of degree at most two in each of N, p, X, a, eta, g: it holds for all of them where it holds on a
// grid of three values each. Larger T are sums of single steps. No condition on m, eta or the data.
#include <fmt/format.h>

#include "escapement/observe/columns.h"
#include "escapement/theory/polynomial_grid.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

constexpr std::uint64_t kSteps =
    100;  // of the enclosed run: enough to see every term, few enough to stay narrow
constexpr const char* kPrecision = "certified:256";

// Right-hand side minus left-hand side after one step, from the update rule itself.
Exact one_step_defect(std::span<const Exact> at, const PaperConstants& constants) {
  const Exact &N = at[0], &p = at[1], &X = at[2], &a = at[3], &eta = at[4], &g = at[5];
  const Exact c = eta * g;
  const Exact moved_norm = N - 2 * c * a * p + c * c * a * a * X;  // |w - c a x|^2
  const Exact moved_a = a - c * p;
  const Exact delta = -g * g * (p * p - a * a * X);
  return N + constants.norm_identity_weight * eta * eta * delta - a * a + moved_a * moved_a - moved_norm;
}

Finding judge(const Question& question, Laboratory& laboratory) {
  Finding finding;
  finding.claim = "|w_i(T)|^2 - |w_i(0)|^2 - eta^2 sum DeltaW_i + a_i(0)^2 - a_i(T)^2 = 0 for all i and T";
  finding.evidence = Evidence::certified;
  finding.radius = "0";
  finding.bound = "0";
  const GridResult grid = vanishes_on_grid(
      6, 2, [&](std::span<const Exact> at) { return one_step_defect(at, question.constants); });
  if (!grid.vanishes) {
    finding.outcome = Outcome::violated;
    finding.measured = numeric::to_string(grid.value);
    finding.basis =
        fmt::format("One step in exact arithmetic, at |w|^2, <w,x>, |x|^2, a, eta, g = {}.", grid.at);
    return finding;
  }
  config::Config config = question.config;
  set(config, "precision", kPrecision);
  config.steps = std::min(config.steps, kSteps);
  set(config, "record", fmt::format("at:[{}]", config.steps));
  set(config, "watch", "8");
  const observe::Trajectory run = laboratory.trajectory(model::make_instance(config, config.replica));
  const auto column = static_cast<std::size_t>(observe::Column::identity_defect);
  const bool seen = run.outcome == observe::Outcome::completed && !run.records.empty();
  if (seen &&
      !run.records.back().values[column]->contains_zero()) {  // then our engine or our algebra is wrong
    finding.outcome = Outcome::violated;
    finding.measured = run.records.back().values[column]->mid_string(6);
    finding.basis = "The polynomial identity holds and a certified run excludes zero: a bug of ours.";
    return finding;
  }
  finding.outcome = Outcome::holds;
  finding.measured = "0";
  finding.basis = fmt::format(
      "Computed without rounding: one step is an identity between polynomials of degree two in |w|^2, <w,x>, "
      "|x|^2, a, "
      "eta, g, checked on all {} points of a grid that decides it; more steps are sums of single ones.",
      grid.points);
  if (seen)
    finding.basis +=
        fmt::format(" A certified run of {} steps at these parameters encloses 0 with radius {}.",
                    config.steps, run.records.back().values[column]->radius_string());
  return finding;
}

}  // namespace

Statement norm_identity() {
  return {
      "norm-identity",
      "Norm identity",
      "|w_i(T)|^2 = |w_i(0)|^2 + eta^2 sum_{j<T} DeltaW_i(j) - a_i(0)^2 + a_i(T)^2 with DeltaW_i(j) = -g_j^2 "
      "(<x_j, w_i(j)>^2 - a_i(j)^2 |x_j|^2)",
      {},
      {"d", "m", "n", "eta", "sigma", "theta_norm"},
      {"init", "steps"},
      {{"", "literal", "both sides are equal for every neuron, every T and every start", judge}},
      label_noise_sgd_setting};
}

}  // namespace escapement::theory

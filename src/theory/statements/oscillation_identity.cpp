// Oscillation identity [LabelNoise2026, displayed after the norm identity, as printed]:
//   g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2.
// The second layer's step is a' - a = -eta g p with p = <x, w>, so the right-hand side is eta^2 times the left. Both are
// polynomials of degree two in g and p, decided on a grid of three values each at the configured eta.
#include <fmt/format.h>

#include "escapement/theory/polynomial_grid.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

Finding judge(const Question& question, bool with_step_size) {
  const Exact eta = question.config.eta;
  const Exact factor = question.constants.oscillation_weight / (with_step_size ? Exact(eta * eta) : Exact(1));
  const auto difference = [&](std::span<const Exact> at) -> Exact {
    const Exact &g = at[0], &p = at[1];
    const Exact move = -eta * g * p;  // a(j+1) - a(j)
    return g * g * p * p - factor * move * move;
  };
  const GridResult grid = vanishes_on_grid(2, 2, difference);
  Finding finding;
  finding.claim = with_step_size ? "g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2 / eta^2"
                                 : "g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2";
  finding.evidence = Evidence::certified;
  finding.radius = "0";
  finding.bound = "1";
  finding.measured = numeric::to_string(Exact(factor * eta * eta));
  finding.outcome = grid.vanishes ? Outcome::holds : Outcome::violated;
  finding.basis = fmt::format(
      "Computed without rounding: the second layer moves by -eta g <x, w>, so that the right-hand side is {} "
      "times the "
      "left in every state{}; bound and measured are that ratio.",
      finding.measured,
      grid.vanishes ? "" : fmt::format(" where g <x, w> is not 0, such as g, <x, w> = {}", grid.at));
  return finding;
}

}  // namespace

Statement oscillation_identity() {
  const auto literal = [](const Question& q, Laboratory&) { return judge(q, false); };
  const auto repaired = [](const Question& q, Laboratory&) { return judge(q, true); };
  return {"oscillation-identity",
          "Oscillation identity",
          "g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2",
          {},
          {"eta"},
          {},
          {{"", "literal", "both sides are equal, as printed", literal},
           {"", "with-step-size", "both sides are equal with the right-hand side over eta^2", repaired}},
          label_noise_sgd_setting};
}

}  // namespace escapement::theory

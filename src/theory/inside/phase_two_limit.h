// Lemmas 4.5 and 4.6 by closed forms of gradient flow, at eta = 10^-1000 and below: ladders in eta with m = 1/sqrt(eta).
#pragma once

#include <functional>

#include "escapement/theory/statement.h"

namespace escapement::theory {

// eta, eta^2, eta^4, ...: `count` values.
std::vector<numeric::Exact> squaring_rungs(const numeric::Exact& eta, std::size_t count);
// The same, down to the first that is 10^-640 or less: where the asymptotics shows.
std::vector<numeric::Exact> deep_rungs(const numeric::Exact& eta);

// The width at each step size along a ladder.
using WidthLaw = std::function<numeric::BigInt(const numeric::Exact& eta)>;

// 1 - |cos| against ln(1/eta) sqrt(eta) along these step sizes, by the closed form of gradient flow. generic: the 90%
// quantile of neurons drawn uniformly, which enter through their means (m large); else a neuron with p = 0. flow_time: T2/eta
// steps, else T2 steps. theta_norm: |theta*|; none: m^(-1/4), as A4 allows.
Ladder alignment_ladder(const std::vector<numeric::Exact>& etas, const WidthLaw& width, std::size_t d,
                        const numeric::Exact& covariance, const std::optional<numeric::Exact>& theta_norm,
                        bool flow_time, bool generic, const PaperConstants& constants);

// Does a derivation refute "1 - |cos| <= K ln(1/eta) eta^b for some K" in this reading, d >= 2, theta* not 0? If b > 0 it
// does in every reading but flow-time+generic: there is no turning. Returns the derivation as text, empty if it does not.
std::string misalignment_law(bool flow_time, bool generic, std::size_t d, const PaperConstants& constants);

// Clause 1 of Lemma 4.6 on the population, starts with a growing neuron. The distance at t3 is of order eta^e.
struct ConvergenceLaw {
  numeric::Exact
      exponent;  // e = 2 c tau/|theta*| - 1, inputs of covariance c I, t3 - t2 = tau ln(1/eta)/(eta |theta*|^2)
  bool holds = false;  // e >= the claimed exponent
  std::string text;
};
ConvergenceLaw convergence_law(const numeric::Exact& theta_norm, const numeric::Exact& covariance,
                               const PaperConstants& constants);

// |theta(t3) - theta*| against eta ln(1/eta), starts with one growing neuron, by the closed form of gradient flow.
Ladder convergence_ladder(const std::vector<numeric::Exact>& etas, const WidthLaw& width,
                          const numeric::Exact& covariance, const numeric::Exact& theta_norm,
                          const PaperConstants& constants);

// At question.inside, whose width m at eta is kept along the ladder as m sqrt(eta): A1 with that constant.
Finding alignment_inside(const Question& question, bool flow_time, bool generic);
// clause 2 where `neurons`; else clause 1.
Finding convergence_inside(const Question& question, bool neurons, bool degenerate);

}  // namespace escapement::theory

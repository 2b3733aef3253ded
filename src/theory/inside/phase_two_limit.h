// Lemmas 4.5 and 4.6 by closed forms of gradient flow, at eta = 10^-1000 and below: ladders in eta with m = 1/sqrt(eta).
#pragma once

#include "escapement/theory/statement.h"

namespace escapement::theory {

// eta, eta^2, eta^4, ...: `count` values.
std::vector<numeric::Exact> squaring_rungs(const numeric::Exact& eta, std::size_t count);

// 1 - |cos| against ln(1/eta) sqrt(eta) along these step sizes. generic: the 90% quantile of neurons drawn uniformly, m
// large; else a neuron with p = 0. flow_time: T2/eta steps, else T2 steps. theta_norm: |theta*|; none: m^(-1/4), as A4 allows.
Ladder alignment_ladder(const std::vector<numeric::Exact>& etas, std::size_t d,
                        const numeric::Exact& covariance, const std::optional<numeric::Exact>& theta_norm,
                        bool flow_time, bool generic, const PaperConstants& constants);

Finding alignment_inside(const Question& question, bool flow_time, bool generic);
// clause 2 where `neurons`; else clause 1.
Finding convergence_inside(const Question& question, bool neurons, bool degenerate);

}  // namespace escapement::theory

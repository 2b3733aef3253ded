// Lemma 4.3 as m -> infinity, in the state at step 0, which is lazy: what the law of the NTK start says of the constant in
// O(1/m). An exception there breaks the lemma; none there leaves the later steps open.
#pragma once

#include "escapement/theory/statement.h"

namespace escapement::theory {

// The least m at which rho m^(-1/8) < 1: below it clauses 1a and 2a claim nothing.
numeric::BigInt first_sign_claim(std::size_t d, const PaperConstants& constants);

// 1a and 2a, every neuron, standard normal inputs. A neuron breaks the bound if |a|/|w| exceeds about m^(-1/8): for a
// probability of order m^(-3d/8), so that the constant needed grows as m^(2 - 3d/8).
Finding sign_limit(const Question& question);

// 1b, every neuron: among m >= 1/p neurons one is too short, with probability at least 1/4, whatever m (diminishing.h).
Finding size_limit(const Question& question);

}  // namespace escapement::theory

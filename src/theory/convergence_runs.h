// Lemma 4.6 along runs: gradient descent from aligned starts of m = ceil(1/sqrt(eta)) neurons, at t3.
#pragma once

#include <optional>

#include "escapement/theory/laboratory.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

struct ConvergenceEnd {
  double distance = 0;          // |theta - theta*|
  double deficit = 0;           // largest 1 - |cos| of the long neurons
  std::uint64_t long_ones = 0;  // groups of equal neurons with |w_i| >= sqrt(eta)
};

// n of the lemma's sample: ceil(1/eta^2), at least d.
numeric::BigInt convergence_samples(const numeric::Exact& eta, std::size_t d);

// degenerate: all neurons too small to have grown by then; else one grows and the others only shrink. Nothing where a run
// does not get to t3.
std::optional<ConvergenceEnd> convergence_at(const config::Config& base, const numeric::Exact& eta,
                                             bool population, bool degenerate,
                                             const PaperConstants& constants, Laboratory& laboratory);

// Nominal, of convergence_at.
double convergence_seconds(const config::Config& config, const numeric::Exact& eta,
                           const PaperConstants& constants);

}  // namespace escapement::theory

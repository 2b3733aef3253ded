// Lemma 4.4's t0: the first time at which the expected mean squared norm is below sqrt(eta) [LabelNoise2026].
#pragma once

#include "escapement/numeric/truth.h"
#include "escapement/theory/oscillation_moments.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

// Working precision that mean_squared_norm needs at this step size, with a margin.
long oscillation_bits(const numeric::Exact& eta);

// The population's C = I, with the lemma's width, the least with m >= 1/sqrt(eta).
OscillationProblem population_problem(const numeric::Exact& eta, std::size_t d,
                                      const numeric::Exact& theta_norm);

struct OscillationTime {
  numeric::Truth reached = numeric::Truth::unknown;  // E <= eta^(1/2) at some t <= limit
  BigInt t0;                                         // the first such, where reached
  BigInt limit;                                      // floor(1/eta^2)
  Ball least;                                        // the least E that was seen
};

// At the thread's working precision, oscillation_bits of the step size or more.
OscillationTime first_time_below(const OscillationProblem& problem, const PaperConstants& constants = {});

}  // namespace escapement::theory

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
  // E <= eta^(1/2) at some t <= limit; `no` where a lower bound of E exceeds it at every t.
  numeric::Truth reached = numeric::Truth::unknown;
  BigInt t0;     // the first such, where reached
  BigInt limit;  // floor(1/eta^2)
  Ball
      value;  // E at t0 where reached; else a lower bound of it over all t <= limit, or the least E that was evaluated
};

// At the thread's working precision, oscillation_bits of the step size or more.
OscillationTime first_time_below(const OscillationProblem& problem, const PaperConstants& constants = {});

}  // namespace escapement::theory

// Aligned neurons under gradient descent on the population, w_i = u_i theta*/|theta*|: everything is in two sums,
// P = sum (a_i + u_i)^2 and Q = sum (a_i - u_i)^2, with <theta, e> = (P - Q)/4 (docs/statements/lemma-4.6.md).
#pragma once

#include <cstdint>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"

namespace escapement::study {

struct AlignedStart {
  numeric::Exact P, Q;  // P > 0, Q >= 0
};

// |theta*| - <theta, e> after so many steps of size eta, in double precision; relative errors grow with the steps' number.
double aligned_steps(const AlignedStart& start, const numeric::Exact& theta_norm, const numeric::Exact& eta,
                     std::uint64_t steps);

// The same under gradient flow at time s (= eta t), in closed form: PQ = c is conserved, and with lambda = sqrt(4 |theta*|^2 + c)
//   r(s) = -lambda^2 w / ( (1 - w) (2 |theta*| + lambda - w (2 |theta*| - lambda)) ),   w = w(0) exp(-lambda s),
//   w(0) = -(2 |theta*| + lambda - P) / (P + c/(2 |theta*| + lambda)).
// An enclosure at the thread's working precision.
numeric::Ball aligned_flow(const AlignedStart& start, const numeric::Exact& theta_norm,
                           const numeric::Ball& s);

}  // namespace escapement::study

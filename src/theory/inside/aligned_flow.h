// Gradient flow of a network along one direction e = theta*/|theta*|, inputs of covariance c I, in closed form and enclosed:
// Lemmas 4.5 and 4.6 at step sizes that no run can have. docs/statements/lemma-4.6.md.
#pragma once

#include <cstddef>

#include "escapement/numeric/ball.h"

namespace escapement::theory {

using numeric::Ball;

// With p_i = a_i + <w_i, e>, q_i = a_i - <w_i, e>: p_i grows by sqrt(y(t)), q_i shrinks by it, what is orthogonal stays, and
//   theta = e (P y - Q / y)/4,   y' = 2 c y (|theta*| - (P y - Q / y)/4),   y(0) = 1,   P = sum p_i^2, Q = sum q_i^2 at 0,
// as long as theta has no part orthogonal to e. Riccati's equation.
struct AlignedFlow {
  Ball P, Q;        // >= 0
  Ball theta_norm;  // > 0
  Ball covariance;  // c > 0
};

Ball growth(const AlignedFlow& flow, const Ball& time);  // y
Ball distance(const AlignedFlow& flow,
              const Ball& time);  // |theta*| - <theta, e>, relative to itself however small

// 1 - |cos(w, e)| of a neuron: <w, e> = (p sqrt(y) - q / sqrt(y))/2, orthogonal length v > 0.
Ball alignment_deficit(const Ball& y, const Ball& p, const Ball& q, const Ball& v);

// The x with P( |w_perp|^2 / (a + <w, e>)^2 > x ) = 1 - share, w uniform in the unit ball of R^d, a uniform in [-1, 1],
// d >= 2, 0 < share < 1: by quadrature in double precision, to about six digits.
double growing_part_quantile(std::size_t d, double share);

}  // namespace escapement::theory

// The expected squared norms of Lemma 4.4's dynamics, in closed form (docs/derivations/oscillation-moments.md).
//   w_i <- w_i - eta a_i C (theta - theta*),  a_i in {-alpha, 0, alpha} moved by the three-state chain.
// A neuron whose a_i is not 0 has 0 next and a fresh sign after that, so a neuron is active at every second step, with
// signs that are independent of W. In an eigendirection of C with eigenvalue l, where theta* has component s, let V be
// the expected sum of w_il^2 over the k neurons of one parity. One active step:
//   V <- V (1 - 2 eta alpha^2 l + k eta^2 alpha^4 l^2) + k eta^2 alpha^2 l^2 s^2.
#pragma once

#include <vector>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"

namespace escapement::theory {

using numeric::Ball;
using numeric::BigInt;

struct Eigendirection {
  Ball eigenvalue;    // of C, >= 0
  Ball ground_truth;  // squared component of theta*, summed over the eigenspace
  long multiplicity = 1;
};

struct OscillationProblem {
  numeric::Exact eta;
  BigInt m;
  std::size_t d = 1;
  std::vector<Eigendirection> directions;
};

// E[ (1/m) sum_i |w_i(t)|^2 ] from the start of Lemma 4.4 (w_ij ~ N(0, 1/d), a_i(0) = +-alpha with probability 1/4 each),
// alpha = eta^(1/4), averaged over which neurons are active first: one by one for m <= 64, enclosed with a tail bound
// beyond. Not finite there where m eta^(3/2) times the largest eigenvalue reaches 1. Rigorous at the thread's working precision, which should exceed 4 log2(1/eta) bits by a margin.
Ball mean_squared_norm(const OscillationProblem& problem, const BigInt& t);

// A lower bound of it at all times from <= t <= to; itself where they are equal.
Ball lowest_mean_squared_norm(const OscillationProblem& problem, const BigInt& from, const BigInt& to);

}  // namespace escapement::theory

// Evidence about the probability p of a failure, from k failures in n independent trials, that may be looked at after
// every trial: beta-mixture e-processes [Robbins1970; Howard2021]. Derivation: docs/derivations/e-process.md.
#pragma once

#include <cstdint>

namespace escapement::stats {

// The mixture: p has the density of Beta(a, b), restricted to the alternative. a, b > 0. 1/2, 1/2 pays least, up to a
// constant, wherever p is; any other choice is as valid.
struct BetaPrior {
  double a = 0.5, b = 0.5;
};

// log E against H0: p <= q, the mixture over p > q:
//   E = B(a+k, b+n-k) Ic_q(a+k, b+n-k) / ( B(a, b) Ic_q(a, b) q^k (1-q)^(n-k) ),   Ic = 1 - I, regularised.
// If H0 is true, P(E >= 1/alpha at any n) <= alpha. k <= n < 2^53. q comes as its logarithm, so q may be below 1e-308:
// log_q = -infinity is q = 0 (one failure gives +infinity); log_q >= 0 gives -infinity, for nothing refutes p <= 1.
// The result is a lower bound of log E: rounding is taken off, and where a tail function underflows an elementary lower
// bound, or -infinity, stands in. Never NaN. Increases with k.
double log_e_above(std::uint64_t n, std::uint64_t k, double log_q, BetaPrior prior = {});

// The mirror image, against H0: p >= q, the mixture over p < q. Decreases with k. log_q = -infinity gives -infinity;
// log_q >= 0 is q = 1 (one success gives +infinity).
double log_e_below(std::uint64_t n, std::uint64_t k, double log_q, BetaPrior prior = {});

// Against H0: p = q, the mixture over all p: E = B(a+k, b+n-k) / ( B(a, b) q^k (1-q)^(n-k) ). Where it is below 1/alpha
// lies the confidence sequence (intervals.h).
double log_e_equal(std::uint64_t n, std::uint64_t k, double log_q, BetaPrior prior = {});

}  // namespace escapement::stats

// Lemma 4.3's probabilities, over the next (xi, eps) given the state: finite sums over the 2n cases of a sample.
#pragma once

#include <cstdint>

#include "escapement/theory/laboratory.h"

namespace escapement::theory {

// Over all m neurons of one state. Shares are probabilities over (xi, eps); an enclosure that does not decide a case
// counts it against the claim.
struct DiminishingShares {
  double most_positive = 0, mean_positive = 0;  // of DeltaW_i > 0: the largest over neurons, the mean
  double least_sized = 1, mean_sized = 0;       // of DeltaW_i <= -(sigma/divisor)^2: the smallest, the mean
  double largest_delta = 0,
         mean_largest = 0;  // over cases, 0 where none is positive: of all neurons, their mean
  std::uint64_t beyond_sign = 0, beyond_size = 0;  // neurons whose share breaks the two bounds
  bool lazy = true;                                // no neuron is outside the lazy ball
};

struct DiminishingBounds {
  double sign = 1;               // DeltaW_i > 0 with probability at most this
  double size = 0;               // DeltaW_i <= -threshold with probability at least this
  numeric::Exact threshold = 0;  // (sigma/4)^2
  numeric::Exact lazy_radius_squared = 0;
};

template <class T>
DiminishingShares diminishing_shares(const Sight<T>& sight, const DiminishingBounds& bounds);

// The law at the start, on standard normal inputs. DeltaW_i > 0 exactly where |<x, w_i>| < |a_i| |x|: a probability that
// depends on |a_i|/|w_i| alone, and increases in it. P that a neuron of the NTK start exceeds q; 1 where q <= 0.
// Double precision in the quantile, enclosed from there.
numeric::Ball sign_exception_at_start(std::size_t d, const numeric::BigInt& m, const numeric::Ball& q);

// A lower bound of the probability that some neuron of the NTK start breaks 1b for certain, whatever the inputs within
// C_data: one with |w| <= r = threshold^(1/2) / (C_data (sigma + C_data (2 + |theta*|))) has DeltaW_i > -threshold in every
// case while |theta(0)| <= 2, which has probability at least 3/4 [Markov: E|theta(0)|^2 = 1]. For m neurons the bound is
// min(1, m p)/4, p = P(chi^2_d <= d r^2), and does not fall with m.
numeric::Ball size_exception_at_start(std::size_t d, const numeric::BigInt& m, const numeric::Exact& sigma,
                                      const numeric::Exact& threshold, const numeric::Ball& c_data,
                                      const numeric::Ball& theta_norm);

}  // namespace escapement::theory

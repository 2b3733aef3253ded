// An input x for fixed-point inner products: integers with one common exponent.
#pragma once

#include <vector>

#include "escapement/numeric/packed.h"
#include "escapement/reduction/limbs.h"

namespace escapement::reduction {

// x_j = +-Y_j 2^exponent, 0 <= Y_j < 2^63 with 64 (limbs - 1) fractional bits and max_j Y_j >= 2^62. Dyadics of 53 bits
// whose exponents span at most ten bits, as most drawn inputs do, take one limb.
struct FixedInput {
  slong exponent = 0;
  mp_size_t limbs = 1;
  std::vector<Limb> magnitude;                  // [d x limbs]: Y_j 2^(64 (limbs - 1))
  std::vector<std::size_t> positive, negative;  // the indices of its entries by sign; zeros in neither

  // Exact where `max_limbs` suffice; else below 2^(exponent - 64 (max_limbs - 1)) off in each entry. Entries moderate.
  void set(const numeric::Vector<numeric::Mp>& x, mp_size_t max_limbs);
  bool zero() const { return positive.empty() && negative.empty(); }
  bool dense(std::size_t d) const { return positive.size() + negative.size() == d; }
};

}  // namespace escapement::reduction

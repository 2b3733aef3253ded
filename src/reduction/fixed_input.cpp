#include "escapement/reduction/fixed_input.h"

#include <algorithm>

namespace escapement::reduction {

void FixedInput::set(const numeric::Vector<numeric::Mp>& x, mp_size_t max_limbs) {
  positive.clear();
  negative.clear();
  slong above = 0, lowest = 0;
  for (std::size_t j = 0; j < x.size(); ++j) {
    const arf_struct* entry = arb_midref(x.data() + j);
    if (arf_is_zero(entry)) continue;
    const slong e = exponent_above(entry), low = lowest_bit(entry);
    above = zero() ? e : std::max(above, e);
    lowest = zero() ? low : std::min(lowest, low);
    (arf_sgn(entry) > 0 ? positive : negative).push_back(j);
  }
  exponent = above - (kLimbBits - 1);
  limbs = 1;
  if (lowest < exponent) limbs = std::min(max_limbs, 1 + (exponent - lowest + kLimbBits - 1) / kLimbBits);
  magnitude.resize(x.size() * static_cast<std::size_t>(limbs));
  for (std::size_t j = 0; j < x.size(); ++j)
    take_magnitude(arb_midref(x.data() + j), exponent - kLimbBits * (limbs - 1),
                   magnitude.data() + j * static_cast<std::size_t>(limbs), limbs);
}

}  // namespace escapement::reduction

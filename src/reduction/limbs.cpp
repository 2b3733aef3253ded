#include "escapement/reduction/limbs.h"

#include <algorithm>
#include <bit>

namespace escapement::reduction {

bool is_moderate(const arf_struct* x) {
  if (arf_is_zero(x)) return true;
  if (!arf_is_finite(x) || COEFF_IS_MPZ(ARF_EXP(x))) return false;
  return ARF_EXP(x) <= kMaxExponent && ARF_EXP(x) >= -kMaxExponent;
}

slong exponent_above(const arf_struct* x) { return ARF_EXP(x); }

slong lowest_bit(const arf_struct* x) {
  mp_srcptr limbs = nullptr;
  mp_size_t size = 0;
  ARF_GET_MPN_READONLY(limbs, size, x);
  return ARF_EXP(x) - kLimbBits * size + std::countr_zero(limbs[0]);  // arf keeps no zero limbs at the end
}

bool take_magnitude(const arf_struct* x, slong unit, Limb* out, mp_size_t size) {
  std::fill_n(out, size, Limb{0});
  if (arf_is_zero(x)) return true;
  mp_srcptr limbs = nullptr;
  mp_size_t count = 0;
  ARF_GET_MPN_READONLY(limbs, count, x);
  const slong shift = ARF_EXP(x) - kLimbBits * count - unit;  // |x| = limbs 2^(shift + unit)
  if (shift >= 0) {
    Limb* place = out + shift / kLimbBits;
    const auto bits = static_cast<unsigned>(shift % kLimbBits);
    if (bits == 0) {
      std::copy_n(limbs, count, place);
    } else if (const Limb carry = mpn_lshift(place, limbs, count, bits); carry != 0) {
      place[count] = carry;
    }
    return true;
  }
  const mp_size_t dropped = -shift / kLimbBits;
  if (dropped >= count) return false;
  const auto bits = static_cast<unsigned>(-shift % kLimbBits);
  // limbs[0] is not zero, so whole limbs are never dropped exactly. The leading limb may shift to nothing.
  bool exact = dropped == 0;
  mp_size_t kept = count - dropped;
  Limb top = 0;
  if (kept > size) top = limbs[dropped + --kept];
  if (bits == 0) {
    std::copy_n(limbs + dropped, kept, out);
  } else {
    exact = mpn_rshift(out, limbs + dropped, kept, bits) == 0 && exact;
    if (top != 0) out[kept - 1] |= top << (static_cast<unsigned>(kLimbBits) - bits);
  }
  return exact;
}

slong length_in_bits(const Limb* x, mp_size_t size) {
  while (size > 0 && x[size - 1] == 0) --size;
  return size == 0 ? 0 : kLimbBits * size - std::countl_zero(x[size - 1]);
}

void give_rounded(arf_struct* out, const Limb* magnitude, mp_size_t size, bool negative, slong unit,
                  slong bits) {
  while (size > 0 && magnitude[size - 1] == 0) --size;
  if (size == 0) return arf_zero(out);
  slong shift = 0;
  _arf_set_round_mpn(out, &shift, magnitude, size, negative ? 1 : 0, bits, ARF_RND_NEAR);
  fmpz_set_si(ARF_EXPREF(out), unit + kLimbBits * size + shift);
}

}  // namespace escapement::reduction

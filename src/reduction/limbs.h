// Arb's floating-point numbers (arf) as integer multiples of a power of two, held in arrays of 64-bit limbs, least
// significant first, and back.
#pragma once

#include <cstdint>

#include <arb.h>

namespace escapement::reduction {

using Limb = mp_limb_t;
static_assert(GMP_NUMB_BITS == 64 && sizeof(Limb) == 8);

inline constexpr slong kLimbBits = 64;

// Exponents beyond this (2^40) are taken for damage: no run comes near them.
inline constexpr slong kMaxExponent = slong{1} << 40;

// Finite, and zero or with an exponent within the bound.
bool is_moderate(const arf_struct* x);

// The least e with |x| < 2^e, and the largest with x a multiple of 2^e; x moderate and not zero.
slong exponent_above(const arf_struct* x);
slong lowest_bit(const arf_struct* x);

// out [size] = the integer part of |x| / 2^unit, which must be below 2^(64 size); whether nothing was cut off.
bool take_magnitude(const arf_struct* x, slong unit, Limb* out, mp_size_t size);

// out = +-magnitude 2^unit, to nearest in `bits` bits.
void give_rounded(arf_struct* out, const Limb* magnitude, mp_size_t size, bool negative, slong unit,
                  slong bits);

// Two's complement.
inline bool is_negative(const Limb* x, mp_size_t size) { return (x[size - 1] >> 63) != 0; }

// Bits of an unsigned integer without its leading zeros; 0 for zero.
slong length_in_bits(const Limb* x, mp_size_t size);

}  // namespace escapement::reduction

// Body of the step draws; included once per instruction set. A 64-bit lane holds one 32-bit word of one counter.
#pragma once

#include "escapement/numeric/pack8.h"
#include "escapement/numeric/random_block.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

#if defined(__AVX512F__) && defined(__AVX512DQ__)
using U8 = __m512i;
inline U8 all(std::uint64_t x) { return _mm512_set1_epi64(static_cast<long long>(x)); }
inline U8 mul32(U8 a, U8 b) { return _mm512_mul_epu32(a, b); }  // low halves, 64-bit products
inline U8 xor3(U8 a, U8 b, U8 c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }
inline U8 high32(U8 a) { return _mm512_srli_epi64(a, 32); }
inline U8 low32(U8 a) { return _mm512_and_si512(a, all(0xFFFFFFFFULL)); }
inline U8 add(U8 a, U8 b) { return _mm512_add_epi64(a, b); }
inline U8 load(const std::uint64_t* p) { return _mm512_load_si512(p); }
inline void store(std::uint64_t* p, U8 a) { _mm512_store_si512(p, a); }
#else
struct U8 {
  std::uint64_t v[8];
};
inline U8 all(std::uint64_t x) { return {{x, x, x, x, x, x, x, x}}; }
inline U8 mul32(U8 a, U8 b) {
  for (int i = 0; i < 8; ++i) a.v[i] = (a.v[i] & 0xFFFFFFFFULL) * (b.v[i] & 0xFFFFFFFFULL);
  return a;
}
inline U8 xor3(U8 a, U8 b, U8 c) {
  for (int i = 0; i < 8; ++i) a.v[i] ^= b.v[i] ^ c.v[i];
  return a;
}
inline U8 high32(U8 a) {
  for (int i = 0; i < 8; ++i) a.v[i] >>= 32;
  return a;
}
inline U8 low32(U8 a) {
  for (int i = 0; i < 8; ++i) a.v[i] &= 0xFFFFFFFFULL;
  return a;
}
inline U8 add(U8 a, U8 b) {
  for (int i = 0; i < 8; ++i) a.v[i] += b.v[i];
  return a;
}
inline U8 load(const std::uint64_t* p) { return {{p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]}}; }
inline void store(std::uint64_t* p, U8 a) {
  for (int i = 0; i < 8; ++i) p[i] = a.v[i];
}
#endif

// Philox's multipliers and Weyl constants [Salmon2011, section 3.3].
inline constexpr std::uint32_t kMul0 = 0xD2511F53u, kMul1 = 0xCD9E8D57u, kWeyl0 = 0x9E3779B9u, kWeyl1 = 0xBB67AE85u;

inline void draw_steps(const PhiloxCounter& c, std::uint64_t first, std::size_t count, std::uint32_t n,
                       std::uint32_t* index, double* sign) {
  alignas(64) std::uint64_t low[8], high[8], picked[8], flips[8];
  const U8 mul0 = all(kMul0), mul1 = all(kMul1), size = all(n);
  for (std::size_t i = 0; i < count; i += 8) {
    for (std::uint64_t lane = 0; lane < 8; ++lane) {
      low[lane] = (first + i + lane) & 0xFFFFFFFFULL;
      high[lane] = ((first + i + lane) >> 32) | c.purpose_bits;
    }
    U8 x0 = all(c.minor), x1 = load(low), x2 = load(high), x3 = all(c.replica);
    std::uint32_t k0 = c.key0, k1 = c.key1;
    for (int round = 0; round < 10; ++round, k0 += kWeyl0, k1 += kWeyl1) {
      const U8 p0 = mul32(x0, mul0), p1 = mul32(x2, mul1);
      x0 = xor3(high32(p1), x1, all(k0));
      x1 = low32(p1);
      x2 = xor3(high32(p0), x3, all(k1));
      x3 = low32(p0);
    }
    // (x0 + 2^32 x1) n / 2^64, without a 128-bit product: n < 2^32.
    store(picked, high32(add(mul32(x1, size), high32(mul32(x0, size)))));
    store(flips, x2);
    const std::size_t lanes = count - i < 8 ? count - i : 8;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      index[i + lane] = static_cast<std::uint32_t>(picked[lane]);
      sign[i + lane] = (flips[lane] & 1) != 0 ? -1.0 : 1.0;
    }
  }
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

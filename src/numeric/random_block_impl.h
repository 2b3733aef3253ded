// Body of the step draws; included once per instruction set. A 64-bit lane holds one 32-bit word of one counter, in its
// low half: what a multiplication leaves in the high half is carried along, for nothing reads it before the end.
#pragma once

#include "escapement/numeric/pack8.h"
#include "escapement/numeric/random_block.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

#if defined(__AVX512F__) && defined(__AVX512DQ__)

struct U8 {
  __m512i v;
  static U8 all(std::uint64_t x) { return {_mm512_set1_epi64(static_cast<long long>(x))}; }
  static U8 from(std::uint64_t x) { return {all(x).v + _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0)}; }
};
inline U8 mul32(U8 a, U8 b) { return {_mm512_mul_epu32(a.v, b.v)}; }  // of the low halves
inline U8 xor3(U8 a, U8 b, U8 c) { return {_mm512_ternarylogic_epi64(a.v, b.v, c.v, 0x96)}; }
inline U8 high32(U8 a) { return {_mm512_srli_epi64(a.v, 32)}; }
inline U8 operator+(U8 a, U8 b) { return {_mm512_add_epi64(a.v, b.v)}; }
inline U8 operator|(U8 a, U8 b) { return {_mm512_or_si512(a.v, b.v)}; }
inline void store_low32(std::uint32_t* p, U8 a) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), _mm512_cvtepi64_epi32(a.v));
}
inline void store_sign(double* p, U8 a) {
  const __m512i one = _mm512_castpd_si512(_mm512_set1_pd(1.0));
  _mm512_storeu_pd(p, _mm512_castsi512_pd(_mm512_or_si512(_mm512_slli_epi64(a.v, 63), one)));
}

#elif defined(__AVX2__)

struct U8 {
  __m256i a, b;
  static U8 all(std::uint64_t x) {
    const __m256i v = _mm256_set1_epi64x(static_cast<long long>(x));
    return {v, v};
  }
  static U8 from(std::uint64_t x) {
    const U8 v = all(x);
    return {_mm256_add_epi64(v.a, _mm256_set_epi64x(3, 2, 1, 0)),
            _mm256_add_epi64(v.b, _mm256_set_epi64x(7, 6, 5, 4))};
  }
};
inline U8 mul32(U8 x, U8 y) { return {_mm256_mul_epu32(x.a, y.a), _mm256_mul_epu32(x.b, y.b)}; }
inline U8 xor3(U8 x, U8 y, U8 z) {
  return {_mm256_xor_si256(_mm256_xor_si256(x.a, y.a), z.a),
          _mm256_xor_si256(_mm256_xor_si256(x.b, y.b), z.b)};
}
inline U8 high32(U8 x) { return {_mm256_srli_epi64(x.a, 32), _mm256_srli_epi64(x.b, 32)}; }
inline U8 operator+(U8 x, U8 y) { return {_mm256_add_epi64(x.a, y.a), _mm256_add_epi64(x.b, y.b)}; }
inline U8 operator|(U8 x, U8 y) { return {_mm256_or_si256(x.a, y.a), _mm256_or_si256(x.b, y.b)}; }
inline void store_low32(std::uint32_t* p, U8 x) {
  const __m256i even = _mm256_set_epi32(0, 0, 0, 0, 6, 4, 2, 0);
  const auto half = [&](__m256i v) { return _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(v, even)); };
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), half(x.a));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p + 4), half(x.b));
}
inline void store_sign(double* p, U8 x) {
  const __m256i one = _mm256_castpd_si256(_mm256_set1_pd(1.0));
  _mm256_storeu_pd(p, _mm256_castsi256_pd(_mm256_or_si256(_mm256_slli_epi64(x.a, 63), one)));
  _mm256_storeu_pd(p + 4, _mm256_castsi256_pd(_mm256_or_si256(_mm256_slli_epi64(x.b, 63), one)));
}

#else

struct U8 {
  std::uint64_t v[8];
  static U8 all(std::uint64_t x) { return {{x, x, x, x, x, x, x, x}}; }
  static U8 from(std::uint64_t x) { return {{x, x + 1, x + 2, x + 3, x + 4, x + 5, x + 6, x + 7}}; }
};
template <class F>
U8 each(F&& f) {
  U8 r;
  for (int i = 0; i < 8; ++i) r.v[i] = f(i);
  return r;
}
inline U8 mul32(const U8& a, const U8& b) {
  return each([&](int i) { return (a.v[i] & 0xFFFFFFFFULL) * (b.v[i] & 0xFFFFFFFFULL); });
}
inline U8 xor3(const U8& a, const U8& b, const U8& c) {
  return each([&](int i) { return a.v[i] ^ b.v[i] ^ c.v[i]; });
}
inline U8 high32(const U8& a) {
  return each([&](int i) { return a.v[i] >> 32; });
}
inline U8 operator+(const U8& a, const U8& b) {
  return each([&](int i) { return a.v[i] + b.v[i]; });
}
inline U8 operator|(const U8& a, const U8& b) {
  return each([&](int i) { return a.v[i] | b.v[i]; });
}
inline void store_low32(std::uint32_t* p, const U8& a) {
  for (int i = 0; i < 8; ++i) p[i] = static_cast<std::uint32_t>(a.v[i]);
}
inline void store_sign(double* p, const U8& a) {
  for (int i = 0; i < 8; ++i) p[i] = (a.v[i] & 1) != 0 ? -1.0 : 1.0;
}

#endif

// Philox's multipliers and Weyl constants [Salmon2011, section 3.3].
inline constexpr std::uint32_t kMul0 = 0xD2511F53u, kMul1 = 0xCD9E8D57u, kWeyl0 = 0x9E3779B9u,
                               kWeyl1 = 0xBB67AE85u;

// Draws of the eight majors from `first`.
inline void draw_eight(const PhiloxCounter& c, std::uint64_t first, std::uint32_t n, std::uint32_t* index,
                       double* sign) {
  const U8 mul0 = U8::all(kMul0), mul1 = U8::all(kMul1), size = U8::all(n);
  const U8 major = U8::from(first);
  U8 x0 = U8::all(c.minor), x1 = major, x2 = high32(major) | U8::all(c.purpose_bits), x3 = U8::all(c.replica);
  std::uint32_t k0 = c.key0, k1 = c.key1;
  for (int round = 0; round < 10; ++round, k0 += kWeyl0, k1 += kWeyl1) {
    const U8 p0 = mul32(x0, mul0), p1 = mul32(x2, mul1);
    x0 = xor3(high32(p1), x1, U8::all(k0));
    x1 = p1;
    x2 = xor3(high32(p0), x3, U8::all(k1));
    x3 = p0;
  }
  // (x0 + 2^32 x1) n / 2^64, without a 128-bit product: n < 2^32.
  store_low32(index, high32(mul32(x1, size) + high32(mul32(x0, size))));
  store_sign(sign, x2);
}

inline void draw_steps(const PhiloxCounter& c, std::uint64_t first, std::size_t count, std::uint32_t n,
                       std::uint32_t* index, double* sign) {
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) draw_eight(c, first + i, n, index + i, sign + i);
  if (i == count) return;
  std::uint32_t last_index[8];
  double last_sign[8];
  draw_eight(c, first + i, n, last_index, last_sign);
  for (std::size_t k = 0; i < count; ++i, ++k) {
    index[i] = last_index[k];
    sign[i] = last_sign[k];
  }
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

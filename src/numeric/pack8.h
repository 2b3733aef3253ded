// Eight doubles side by side, in the instruction set that the including file is compiled for. Every operation is one
// IEEE operation per lane and the lane sum has a fixed order, so AVX-512, AVX2 and portable code give the same bits.
// minus() is the same number as -, from the multipliers' units: half of the work where all else are additions.
// Include only from a file compiled once per instruction set: each gets its own inline namespace, never mixed.
#pragma once

#include <cmath>
#include <cstddef>
#include <utility>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#if defined(ESCAPEMENT_HALVES)
#define ESCAPEMENT_ISA avx512_halves  // AVX-512's registers, taken in halves
#elif defined(__AVX512F__) && defined(__AVX512DQ__)
#define ESCAPEMENT_ISA avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define ESCAPEMENT_ISA avx2
#else
#define ESCAPEMENT_ISA portable
#endif

namespace escapement::numeric::ESCAPEMENT_ISA {

// body(0), body(1), ..., body(N - 1) without a loop, so that arrays indexed by it live in registers.
template <std::size_t N, class Body>
[[gnu::always_inline]] inline void unrolled(Body&& body) {
  [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) { (body(I), ...); }
  (std::make_index_sequence<N>{});
}

#if defined(__AVX512F__) && defined(__AVX512DQ__) && !defined(ESCAPEMENT_HALVES)

struct V8 {
  __m512d v;
  static V8 zero() { return {_mm512_setzero_pd()}; }
  static V8 all(double x) { return {_mm512_set1_pd(x)}; }
  static V8 load(const double* p) { return {_mm512_load_pd(p)}; }
  void store(double* p) const { _mm512_store_pd(p, v); }
};
inline V8 operator+(V8 a, V8 b) { return {_mm512_add_pd(a.v, b.v)}; }
inline V8 operator-(V8 a, V8 b) { return {_mm512_sub_pd(a.v, b.v)}; }
inline V8 minus(V8 a, V8 b) { return {_mm512_fnmadd_pd(_mm512_set1_pd(1.0), b.v, a.v)}; }
inline V8 operator*(V8 a, V8 b) { return {_mm512_mul_pd(a.v, b.v)}; }
inline V8 operator/(V8 a, V8 b) { return {_mm512_div_pd(a.v, b.v)}; }
inline V8 square_root(V8 a) { return {_mm512_sqrt_pd(a.v)}; }
inline V8 fma(V8 a, V8 b, V8 c) { return {_mm512_fmadd_pd(a.v, b.v, c.v)}; }    // a b + c
inline V8 fnma(V8 a, V8 b, V8 c) { return {_mm512_fnmadd_pd(a.v, b.v, c.v)}; }  // c - a b
inline V8 fms(V8 a, V8 b, V8 c) { return {_mm512_fmsub_pd(a.v, b.v, c.v)}; }    // a b - c
inline double sum(V8 a) {
  const __m256d s4 = _mm256_add_pd(_mm512_castpd512_pd256(a.v), _mm512_extractf64x4_pd(a.v, 1));
  const __m128d s2 = _mm_add_pd(_mm256_castpd256_pd128(s4), _mm256_extractf128_pd(s4, 1));
  return _mm_cvtsd_f64(s2) + _mm_cvtsd_f64(_mm_unpackhi_pd(s2, s2));
}

#elif defined(__AVX2__) && defined(__FMA__)

struct V8 {
  __m256d a, b;
  static V8 zero() { return {_mm256_setzero_pd(), _mm256_setzero_pd()}; }
  static V8 all(double x) { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
  static V8 load(const double* p) { return {_mm256_load_pd(p), _mm256_load_pd(p + 4)}; }
  void store(double* p) const {
    _mm256_store_pd(p, a);
    _mm256_store_pd(p + 4, b);
  }
};
inline V8 operator+(V8 x, V8 y) { return {_mm256_add_pd(x.a, y.a), _mm256_add_pd(x.b, y.b)}; }
inline V8 operator-(V8 x, V8 y) { return {_mm256_sub_pd(x.a, y.a), _mm256_sub_pd(x.b, y.b)}; }
inline V8 minus(V8 x, V8 y) {
  const __m256d one = _mm256_set1_pd(1.0);
  return {_mm256_fnmadd_pd(one, y.a, x.a), _mm256_fnmadd_pd(one, y.b, x.b)};
}
inline V8 operator*(V8 x, V8 y) { return {_mm256_mul_pd(x.a, y.a), _mm256_mul_pd(x.b, y.b)}; }
inline V8 operator/(V8 x, V8 y) { return {_mm256_div_pd(x.a, y.a), _mm256_div_pd(x.b, y.b)}; }
inline V8 square_root(V8 x) { return {_mm256_sqrt_pd(x.a), _mm256_sqrt_pd(x.b)}; }
inline V8 fma(V8 x, V8 y, V8 z) { return {_mm256_fmadd_pd(x.a, y.a, z.a), _mm256_fmadd_pd(x.b, y.b, z.b)}; }
inline V8 fnma(V8 x, V8 y, V8 z) {
  return {_mm256_fnmadd_pd(x.a, y.a, z.a), _mm256_fnmadd_pd(x.b, y.b, z.b)};
}
inline V8 fms(V8 x, V8 y, V8 z) { return {_mm256_fmsub_pd(x.a, y.a, z.a), _mm256_fmsub_pd(x.b, y.b, z.b)}; }
inline double sum(V8 x) {
  const __m256d s4 = _mm256_add_pd(x.a, x.b);
  const __m128d s2 = _mm_add_pd(_mm256_castpd256_pd128(s4), _mm256_extractf128_pd(s4, 1));
  return _mm_cvtsd_f64(s2) + _mm_cvtsd_f64(_mm_unpackhi_pd(s2, s2));
}

#else

struct V8 {
  double v[8];
  static V8 zero() { return all(0.0); }
  static V8 all(double x) { return {{x, x, x, x, x, x, x, x}}; }
  static V8 load(const double* p) { return {{p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]}}; }
  void store(double* p) const {
    for (int i = 0; i < 8; ++i) p[i] = v[i];
  }
};
inline V8 operator+(V8 a, V8 b) {
  for (int i = 0; i < 8; ++i) a.v[i] += b.v[i];
  return a;
}
inline V8 operator-(V8 a, V8 b) {
  for (int i = 0; i < 8; ++i) a.v[i] -= b.v[i];
  return a;
}
inline V8 minus(V8 a, V8 b) { return a - b; }
inline V8 operator*(V8 a, V8 b) {
  for (int i = 0; i < 8; ++i) a.v[i] *= b.v[i];
  return a;
}
inline V8 operator/(V8 a, V8 b) {
  for (int i = 0; i < 8; ++i) a.v[i] /= b.v[i];
  return a;
}
inline V8 square_root(V8 a) {
  for (int i = 0; i < 8; ++i) a.v[i] = std::sqrt(a.v[i]);
  return a;
}
inline V8 fma(V8 a, V8 b,
              V8 c) {  // a libm call where the processor has no fused multiply-add: slow, same bits
  for (int i = 0; i < 8; ++i) c.v[i] = std::fma(a.v[i], b.v[i], c.v[i]);
  return c;
}
inline V8 fnma(V8 a, V8 b, V8 c) {
  for (int i = 0; i < 8; ++i) c.v[i] = std::fma(-a.v[i], b.v[i], c.v[i]);
  return c;
}
inline V8 fms(V8 a, V8 b, V8 c) {
  for (int i = 0; i < 8; ++i) c.v[i] = std::fma(a.v[i], b.v[i], -c.v[i]);
  return c;
}
inline double sum(V8 a) {
  const double s0 = a.v[0] + a.v[4], s1 = a.v[1] + a.v[5], s2 = a.v[2] + a.v[6], s3 = a.v[3] + a.v[7];
  return (s0 + s2) + (s1 + s3);
}

#endif

}  // namespace escapement::numeric::ESCAPEMENT_ISA

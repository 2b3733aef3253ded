// W replicas side by side, one per lane, in the instruction set that the including file is compiled for: as pack8.h,
// every operation is one IEEE operation per lane, so a lane's bits depend neither on W nor on the instruction set.
// Include only from a file compiled once per instruction set.
#pragma once

#include "escapement/numeric/pack8.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

#if defined(__AVX2__) && defined(__FMA__)

struct L4 {
  static constexpr std::size_t kWidth = 4;
  __m256d v;
  static L4 zero() { return {_mm256_setzero_pd()}; }
  static L4 all(double x) { return {_mm256_set1_pd(x)}; }
  static L4 load(const double* p) { return {_mm256_load_pd(p)}; }
  void store(double* p) const { _mm256_store_pd(p, v); }
  static L4 gather(const double* const (&p)[kWidth], std::size_t at) {
    return {_mm256_set_pd(p[3][at], p[2][at], p[1][at], p[0][at])};
  }
};
inline L4 operator+(L4 a, L4 b) { return {_mm256_add_pd(a.v, b.v)}; }
inline L4 operator-(L4 a, L4 b) { return {_mm256_sub_pd(a.v, b.v)}; }
inline L4 operator*(L4 a, L4 b) { return {_mm256_mul_pd(a.v, b.v)}; }
inline L4 operator/(L4 a, L4 b) { return {_mm256_div_pd(a.v, b.v)}; }
inline L4 square_root(L4 a) { return {_mm256_sqrt_pd(a.v)}; }
inline L4 fma(L4 a, L4 b, L4 c) { return {_mm256_fmadd_pd(a.v, b.v, c.v)}; }    // a b + c
inline L4 fnma(L4 a, L4 b, L4 c) { return {_mm256_fnmadd_pd(a.v, b.v, c.v)}; }  // c - a b
inline bool all_within(L4 a, double limit) {  // |a| <= limit in every lane; false where one is not a number
  const __m256d size = _mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v);
  return _mm256_movemask_pd(_mm256_cmp_pd(size, _mm256_set1_pd(limit), _CMP_LE_OQ)) == 15;
}
inline bool all_between(L4 a, double least, double most) {  // false where one is not a number
  const __m256d low = _mm256_cmp_pd(a.v, _mm256_set1_pd(least), _CMP_GE_OQ);
  return _mm256_movemask_pd(_mm256_and_pd(low, _mm256_cmp_pd(a.v, _mm256_set1_pd(most), _CMP_LE_OQ))) == 15;
}
// Coordinates at, at + 1 of every lane's vector.
inline void transpose_two(const double* const (&x)[4], std::size_t at, L4& first, L4& second) {
  const auto pair = [&](std::size_t low, std::size_t high) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(x[low] + at)), _mm_load_pd(x[high] + at),
                                1);
  };
  const __m256d even = pair(0, 2), odd = pair(1, 3);
  first.v = _mm256_unpacklo_pd(even, odd);
  second.v = _mm256_unpackhi_pd(even, odd);
}

#else

struct L4 {
  static constexpr std::size_t kWidth = 4;
  double v[kWidth];
  static L4 zero() { return all(0.0); }
  static L4 all(double x) { return {{x, x, x, x}}; }
  static L4 load(const double* p) { return {{p[0], p[1], p[2], p[3]}}; }
  void store(double* p) const {
    for (std::size_t i = 0; i < kWidth; ++i) p[i] = v[i];
  }
  static L4 gather(const double* const (&p)[kWidth], std::size_t at) {
    return {{p[0][at], p[1][at], p[2][at], p[3][at]}};
  }
};
template <class F>
L4 each_lane(F&& f) {
  L4 r;
  for (std::size_t i = 0; i < L4::kWidth; ++i) r.v[i] = f(i);
  return r;
}
inline L4 operator+(L4 a, L4 b) {
  return each_lane([&](std::size_t i) { return a.v[i] + b.v[i]; });
}
inline L4 operator-(L4 a, L4 b) {
  return each_lane([&](std::size_t i) { return a.v[i] - b.v[i]; });
}
inline L4 operator*(L4 a, L4 b) {
  return each_lane([&](std::size_t i) { return a.v[i] * b.v[i]; });
}
inline L4 operator/(L4 a, L4 b) {
  return each_lane([&](std::size_t i) { return a.v[i] / b.v[i]; });
}
inline L4 square_root(L4 a) {
  return each_lane([&](std::size_t i) { return std::sqrt(a.v[i]); });
}
inline L4 fma(L4 a, L4 b, L4 c) {
  return each_lane([&](std::size_t i) { return std::fma(a.v[i], b.v[i], c.v[i]); });
}
inline L4 fnma(L4 a, L4 b, L4 c) {
  return each_lane([&](std::size_t i) { return std::fma(-a.v[i], b.v[i], c.v[i]); });
}
inline bool all_within(L4 a, double limit) {
  for (const double x : a.v)
    if (!(std::fabs(x) <= limit)) return false;
  return true;
}
inline bool all_between(L4 a, double least, double most) {
  for (const double x : a.v)
    if (!(x >= least && x <= most)) return false;
  return true;
}
inline void transpose_two(const double* const (&x)[4], std::size_t at, L4& first, L4& second) {
  first = L4::gather(x, at);
  second = L4::gather(x, at + 1);
}

#endif

}  // namespace escapement::numeric::ESCAPEMENT_ISA

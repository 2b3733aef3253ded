// Multi-word numbers in eight lanes: a value is the unevaluated sum of W doubles, W = 2 (106 bits) or 4 (212 bits), once
// per lane. Every operation is a fixed sequence of IEEE operations without a branch: lanes do not see one another, and
// every instruction set gives the same bits. Include only from a file compiled once per instruction set (see pack8.h).
//
// u = 2^-53. TwoSum [Knuth1998, 4.2.2] and TwoProd by one fused multiply-add are free of error: sum + error = a + b,
// product + error = a b, |error| <= u |sum|, u |product|. TwoSum holds unless it overflows; TwoProd also wants
// |a b| >= 2^-968, else its error is off by at most 2^-1075. Whoever computes with these numbers looks after the range.
//
// Sums go through a cascade [OgitaRumpOishi2005, SumK]: a term enters at the level k of its size, about u^k of the whole,
// and what rounding leaves at a level enters the next; only at the last level is anything lost. With A_k the sum of
// the terms' magnitudes that enter at level k, what the sum holds already included, and n_k their number,
//     B_0 = A_0,  N_0 = n_0,   B_k = A_k + N_{k-1} u' B_{k-1},  N_k = n_k + N_{k-1},   |error| <= N_{W-1} u' B_{W-1},
// u' = u (1 + 2^-40) for fewer than 2^12 terms (docs/derivations/multi-word.md). normalise() never changes a value.
#pragma once

#include <cstddef>

#include "escapement/numeric/pack8.h"

// In registers where there are vectors; calls elsewhere, where eight lanes unrolled are long to compile and no faster.
#if defined(__AVX2__) && defined(__FMA__)
#define ESCAPEMENT_WORDS_INLINE [[gnu::always_inline]] inline
#else
#define ESCAPEMENT_WORDS_INLINE [[gnu::noinline]]
#endif  // of templates; what is no template is inline or not as the compiler likes

namespace escapement::numeric::ESCAPEMENT_ISA {

struct Exactly {
  V8 value, error;
};

inline Exactly two_sum(V8 a, V8 b) {
  const V8 s = a + b, t = minus(s, a);
  return {s, minus(a, minus(s, t)) + (b - t)};
}
// |a| >= |b|, or a = 0 [Dekker1971].
inline Exactly fast_two_sum(V8 a, V8 b) {
  const V8 s = a + b;
  return {s, b - (s - a)};
}
inline Exactly two_prod(V8 a, V8 b) {
  const V8 p = a * b;
  return {p, fms(a, b, p)};
}

template <std::size_t W>
struct Words {
  V8 w[W];
  static Words zero() {
    Words r;
    unrolled<W>([&](std::size_t k) __attribute__((always_inline)) { r.w[k] = V8::zero(); });
    return r;
  }
  static Words load(const double* p) {  // [W x 8]
    Words r;
    unrolled<W>([&](std::size_t k) __attribute__((always_inline)) { r.w[k] = V8::load(p + 8 * k); });
    return r;
  }
  static Words all(const double* p) {  // [W], the same in every lane
    Words r;
    unrolled<W>([&](std::size_t k) __attribute__((always_inline)) { r.w[k] = V8::all(p[k]); });
    return r;
  }
  void store(double* p) const {
    unrolled<W>([&](std::size_t k) __attribute__((always_inline)) { w[k].store(p + 8 * k); });
  }
};

template <std::size_t W>
ESCAPEMENT_WORDS_INLINE Words<W> operator-(const Words<W>& a) {
  Words<W> r;
  unrolled<W>([&](std::size_t k) __attribute__((always_inline)) { r.w[k] = V8::zero() - a.w[k]; });
  return r;
}

// s += v, a term of level L.
template <std::size_t L, std::size_t W>
ESCAPEMENT_WORDS_INLINE void enter(Words<W>& s, V8 v) {
  if constexpr (L + 1 >= W) {
    s.w[W - 1] = s.w[W - 1] + v;
  } else {
    const Exactly e = two_sum(s.w[L], v);
    s.w[L] = e.value;
    enter<L + 1>(s, e.error);
  }
}

// (w_k, w_{k+1}) becomes their sum and its error.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE void settle(Words<W>& s, std::size_t k) {
  const Exactly e = two_sum(s.w[k], s.w[k + 1]);
  s.w[k] = e.value;
  s.w[k + 1] = e.error;
}

// The same value in words |w_{k+1}| <= u |w_k|: twice upwards, so that zeros go down, then downwards. After a sum that
// cancels, words may stay closer, but then w_k is at most u^k times what was summed.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE void normalise(Words<W>& s) {
  if constexpr (W > 2) {
    unrolled<W - 1>([&](std::size_t i) __attribute__((always_inline)) { settle(s, W - 2 - i); });
    unrolled<W - 1>([&](std::size_t i) __attribute__((always_inline)) { settle(s, W - 2 - i); });
  }
  unrolled<W - 1>([&](std::size_t k) __attribute__((always_inline)) { settle(s, k); });
}

// body(0), ..., body(N - 1), each argument a constant.
template <std::size_t N, class Body>
[[gnu::always_inline]] inline void for_constants(Body&& body) {
  [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    (body(std::integral_constant<std::size_t, I>{}), ...);
  }
  (std::make_index_sequence<N>{});
}

// s += a, not normalised. n_k = 1 at every level.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE void accumulate(Words<W>& s, const Words<W>& a) {
  for_constants<W>([&](auto k) __attribute__((always_inline)) { enter<k.value>(s, a.w[k]); });
}

// s += a x, not normalised: one product and one error of a product at every level but the first, which has no error.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE void accumulate_product(Words<W>& s, const Words<W>& a, V8 x) {
  for_constants<W - 1>([&](auto k) __attribute__((always_inline)) {
    const Exactly p = two_prod(a.w[k], x);
    enter<k.value>(s, p.value);
    enter<k.value + 1>(s, p.error);
  });
  s.w[W - 1] = fma(a.w[W - 1], x, s.w[W - 1]);
}

// s += a b, not normalised; of the products a_i b_j those with i + j < W, as in [HidaLiBailey2001]. What is left out is
// below W u^W of |a_0 b_0| where words are u apart. n_k = k + 1 products and k errors of products.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE void accumulate_product(Words<W>& s, const Words<W>& a, const Words<W>& b) {
  for_constants<W>([&](auto i) __attribute__((always_inline)) {
    for_constants<W - 1 - i.value>([&](auto j) __attribute__((always_inline)) {
      const Exactly p = two_prod(a.w[i], b.w[j]);
      enter<i.value + j.value>(s, p.value);
      enter<i.value + j.value + 1>(s, p.error);
    });
    s.w[W - 1] = fma(a.w[i], b.w[W - 1 - i], s.w[W - 1]);
  });
}

// a + b. W = 2: AccurateDWPlusDW [JoldesMullerPopescu2017, algorithm 6], |error| <= 3 u^2 / (1 - 4 u) |a + b|, for a and b
// as normalise() leaves them. W = 4: the cascade, |error| <= 65 u^4 (|a_0| + |b_0|) where words are u apart.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE Words<W> sum(const Words<W>& a, const Words<W>& b) {
  if constexpr (W == 2) {
    const Exactly s = two_sum(a.w[0], b.w[0]), t = two_sum(a.w[1], b.w[1]);
    const Exactly v = fast_two_sum(s.value, s.error + t.value);
    const Exactly z = fast_two_sum(v.value, t.error + v.error);
    return {{z.value, z.error}};
  } else {
    Words<W> s = a;
    accumulate(s, b);
    normalise(s);
    return s;
  }
}

// a b. W = 2: DWTimesDW3 [JoldesMullerPopescu2017, algorithm 12], |error| <= 4 u^2 |a b| [MullerRideau2022]. W = 4: the
// cascade, |error| <= 1800 u^4 |a_0 b_0| where words are u apart.
template <std::size_t W>
ESCAPEMENT_WORDS_INLINE Words<W> product(const Words<W>& a, const Words<W>& b) {
  if constexpr (W == 2) {
    const Exactly c = two_prod(a.w[0], b.w[0]);
    const V8 low = fma(a.w[1], b.w[0], fma(a.w[0], b.w[1], a.w[1] * b.w[1]));
    const Exactly z = fast_two_sum(c.value, c.error + low);
    return {{z.value, z.error}};
  } else {
    Words<W> s = Words<W>::zero();
    accumulate_product(s, a, b);
    normalise(s);
    return s;
  }
}

// 1 / sqrt(a) by Newton's iteration y <- y + y (1 - a y^2) / 2 from the doubles' value: relative errors 2^-51, 2^-101,
// 2^-200, then what the last products and sums leave, 2^-104 (W = 2) and 2^-198 (W = 4). a between 2^-500 and 2^500.
template <std::size_t W>
Words<W> inverse_square_root(const Words<W>& a) {
  Words<W> y = Words<W>::zero(), one = y, half = y;
  one.w[0] = V8::all(1.0);
  half.w[0] = V8::all(0.5);
  y.w[0] = V8::all(1.0) / square_root(a.w[0]);
  for (std::size_t i = 0; i < (W == 2 ? 2 : 3); ++i)
    y = sum(y, product(half, product(y, sum(one, -product(a, product(y, y))))));
  return y;
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

#undef ESCAPEMENT_WORDS_INLINE

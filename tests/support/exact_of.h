// Scalars as exact rationals, and random ones: the reference of the arithmetic's tests.
#pragma once

#include <random>
#include <type_traits>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::test {

using numeric::Ball;
using numeric::Exact;
using numeric::Mp;

inline Exact power_of_two(long exponent) {
  const Exact power(numeric::BigInt(1) << static_cast<unsigned long>(exponent < 0 ? -exponent : exponent));
  return exponent < 0 ? Exact(1 / power) : power;
}

// The midpoint; x finite.
inline Exact exact_mid(const Ball& x) {
  fmpz_t mantissa, exponent;
  fmpz_init(mantissa);
  fmpz_init(exponent);
  arf_get_fmpz_2exp(mantissa, exponent, arb_midref(x.raw()));
  numeric::BigInt integer;
  fmpz_get_mpz(integer.backend().data(), mantissa);
  const long e = fmpz_get_si(exponent);
  fmpz_clear(mantissa);
  fmpz_clear(exponent);
  return Exact(integer) * power_of_two(e);
}
inline Exact exact_of(double x) { return Exact(x); }
inline Exact exact_of(const Mp& x) { return exact_mid(numeric::to_ball(x)); }

inline Exact magnitude(const Exact& x) { return x < 0 ? Exact(-x) : x; }

// 2^-bits of the scalar's arithmetic.
template <class T>
Exact unit_roundoff() {
  return power_of_two(std::is_same_v<T, double> ? -53 : -numeric::working_bits());
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  long between(long low, long high) {
    return low + static_cast<long>(below(static_cast<std::uint64_t>(high - low + 1)));
  }

  // Zero now and then; else +-[1, 2) times a power of two within 2^+-spread, with up to 200 bits.
  Exact number(long spread) {
    if (below(12) == 0) return 0;
    Exact x = 1;
    for (long piece = 1; piece <= between(1, 4); ++piece)
      x += Exact(numeric::BigInt(engine_() >> 14)) * power_of_two(-50 * piece);
    return (below(2) == 0 ? x : Exact(-x)) * power_of_two(between(-spread, spread));
  }

 private:
  std::mt19937_64 engine_;
};

// A scalar and a number it stands for: its value, or any point of the enclosure.
template <class T>
struct Known {
  T value;
  Exact point;
};

template <class T>
Known<T> know(const Exact& x, Dice& dice) {
  if constexpr (std::is_same_v<T, Ball>) {
    Ball value = Ball::from(x);
    if (dice.below(3) == 0) return {value, x};
    const long error = dice.between(-300, -5);
    arb_add_error_2exp_si(value.raw(), error);
    return {value, x + power_of_two(error) * Exact(dice.between(-4, 4), 4)};
  } else {
    const T value = numeric::from_exact<T>(x);
    return {value, exact_of(value)};
  }
}

}  // namespace escapement::test

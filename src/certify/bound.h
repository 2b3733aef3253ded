// Upper bounds of magnitudes: 30 bits, rounded up in every operation, exponents of any size (Arb's mag).
#pragma once

#include <cmath>

#include <mag.h>

#include "escapement/numeric/ball.h"

namespace escapement::certify {

class Bound {
 public:
  Bound() { mag_init(value_); }
  Bound(const Bound& o) {
    mag_init(value_);
    mag_set(value_, o.value_);
  }
  Bound& operator=(const Bound& o) {
    mag_set(value_, o.value_);
    return *this;
  }
  ~Bound() { mag_clear(value_); }

  static Bound power_of_two(long exponent) {
    Bound b;
    mag_set_ui_2exp_si(b.value_, 1, exponent);
    return b;
  }
  static Bound integer(unsigned long n) {
    Bound b;
    mag_set_ui(b.value_, n);
    return b;
  }
  // Of |x| over all points of the ball.
  static Bound of(const numeric::Ball& x) {
    Bound b;
    arb_get_mag(b.value_, x.raw());
    return b;
  }
  static Bound radius_of(arb_srcptr x) {
    Bound b;
    mag_set(b.value_, arb_radref(x));
    return b;
  }
  // Of |x|; infinite for what is no number.
  static Bound of(double x) {
    Bound b;
    mag_set_d(b.value_, x);
    return b;
  }
  // Of |n| 2^exponent; n an integer.
  static Bound of(const numeric::BigInt& n, long exponent) {
    Bound b;
    if (n.is_zero()) return b;
    long own = 0;
    const double mantissa = std::fabs(mpz_get_d_2exp(&own, n.backend().data()));  // cut off, in [1/2, 1)
    mag_set_d(b.value_, mantissa + 0x1p-51);
    mag_mul_2exp_si(b.value_, b.value_, own + exponent);
    return b;
  }

  Bound& operator+=(const Bound& o) {
    mag_add(value_, value_, o.value_);
    return *this;
  }
  Bound& operator*=(const Bound& o) {
    mag_mul(value_, value_, o.value_);
    return *this;
  }
  friend Bound operator+(Bound a, const Bound& b) { return a += b; }
  friend Bound operator*(Bound a, const Bound& b) { return a *= b; }
  friend Bound sqrt(const Bound& a) {
    Bound b;
    mag_sqrt(b.value_, a.value_);
    return b;
  }
  // max(1, a - 1).
  friend Bound reflected(const Bound& a) {
    Bound one = integer(1), b;
    mag_sub(b.value_, a.value_, one.value_);
    mag_max(b.value_, b.value_, one.value_);
    return b;
  }
  friend bool operator<(const Bound& a, const Bound& b) { return mag_cmp(a.value_, b.value_) < 0; }

  bool is_finite() const { return mag_is_finite(value_) != 0; }
  bool is_zero() const { return mag_is_zero(value_) != 0; }
  // About log2 of it; -infinity for zero.
  double log2() const { return is_zero() ? -INFINITY : mag_get_d_log2_approx(value_); }
  numeric::Ball ball() const {  // the exact number
    numeric::Ball b;
    arf_set_mag(arb_midref(b.raw()), value_);
    return b;
  }
  void widen(arb_ptr x) const { arb_add_error_mag(x, value_); }

 private:
  mag_t value_;
};

}  // namespace escapement::certify

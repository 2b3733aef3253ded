// Ball: a rigorous enclosure [mid +/- rad] by Arb [Johansson2017]. Every operation rounds the midpoint to the
// thread's working precision and adds the rounding to the radius, so the result contains the exact one.
#pragma once

#include <string>

#include <arb.h>

#include "escapement/numeric/exact.h"
#include "escapement/numeric/truth.h"

namespace escapement::numeric {

class Ball {
 public:
  Ball() { arb_init(value_); }
  Ball(const Ball& other) {
    arb_init(value_);
    arb_set(value_, other.value_);
  }
  Ball(Ball&& other) noexcept {
    arb_init(value_);
    arb_swap(value_, other.value_);
  }
  Ball& operator=(const Ball& other) {
    arb_set(value_, other.value_);
    return *this;
  }
  Ball& operator=(Ball&& other) noexcept {
    arb_swap(value_, other.value_);
    return *this;
  }
  ~Ball() { arb_clear(value_); }

  // A small integer, exactly. A double does not convert: the ball of the literal 0.1 would exclude 1/10.
  explicit Ball(int integer) {
    arb_init(value_);
    arb_set_si(value_, integer);
  }
  Ball(double) = delete;
  static Ball dyadic(double exact_value);      // the double itself, exactly
  static Ball from(const Exact& exact_value);  // contains exact_value

  Ball& operator+=(const Ball& o);
  Ball& operator-=(const Ball& o);
  Ball& operator*=(const Ball& o);
  Ball& operator/=(const Ball& o);
  Ball operator-() const;

  bool is_finite() const { return arb_is_finite(value_) != 0; }
  bool is_exact() const { return arb_is_exact(value_) != 0; }
  bool contains(const Exact& x) const;
  bool contains_zero() const { return arb_contains_zero(value_) != 0; }
  bool overlaps(const Ball& o) const { return arb_overlaps(value_, o.value_) != 0; }
  bool contains(const Ball& o) const { return arb_contains(value_, o.value_) != 0; }
  bool identical(const Ball& o) const { return arb_equal(value_, o.value_) != 0; }

  Ball mid() const;     // exact ball of the midpoint
  Ball radius() const;  // exact ball of the radius
  Ball lower() const;   // exact ball of a lower bound, rounded down to the working precision
  Ball upper() const;   // exact ball of an upper bound, rounded up

  double mid_double() const;                      // midpoint, rounded to nearest; may overflow to infinity
  std::string mid_string(int digits) const;       // midpoint as a decimal with at most `digits` digits
  std::string radius_string() const;              // upper bound of the radius, three digits, "0" when exact
  std::string dump() const;                       // exact text, read back by undump
  static bool undump(const std::string&, Ball&);  // false when the text is no dump

  arb_srcptr raw() const { return value_; }
  arb_ptr raw() { return value_; }

 private:
  arb_t value_;
};

inline Ball operator+(Ball a, const Ball& b) { return a += b; }
inline Ball operator-(Ball a, const Ball& b) { return a -= b; }
inline Ball operator*(Ball a, const Ball& b) { return a *= b; }
inline Ball operator/(Ball a, const Ball& b) { return a /= b; }
Ball sqrt(const Ball& x);  // not finite where x may be negative
Ball abs(const Ball& x);

// Ordering enclosures: yes or no only where every pair of points agrees; NaN is unknown.
Truth less(const Ball& a, const Ball& b);
Truth less_equal(const Ball& a, const Ball& b);

}  // namespace escapement::numeric

#include "escapement/numeric/ball_functions.h"

#include <algorithm>
#include <limits>

#include <arb_hypgeom.h>

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"

namespace escapement::numeric {

Ball pi() {
  Ball b;
  arb_const_pi(b.raw(), working_bits());
  return b;
}

Ball exp(const Ball& x) {
  Ball b;
  arb_exp(b.raw(), x.raw(), working_bits());
  return b;
}

Ball log(const Ball& x) {
  Ball b;
  arb_log(b.raw(), x.raw(), working_bits());
  return b;
}

Ball log10(const Ball& x) {
  Ball b;
  arb_log_base_ui(b.raw(), x.raw(), 10, working_bits());
  return b;
}

Ball log(const BigInt& x) { return log(Ball::from(Exact(x))); }

Ball pow(const Ball& x, const Exact& y) {
  const BigInt n = numerator(y);
  if (denominator(y) == 1 && abs(n) < BigInt(std::numeric_limits<int>::max()))
    return power(x, static_cast<long>(n));
  Ball b;
  arb_pow(b.raw(), x.raw(), Ball::from(y).raw(), working_bits());
  return b;
}

Ball power(const Ball& x, long n) {
  fmpz_t exponent;
  fmpz_init_set_si(exponent, n);
  Ball b;
  arb_pow_fmpz(b.raw(), x.raw(), exponent, working_bits());
  fmpz_clear(exponent);
  return b;
}

Ball root(const Ball& x, unsigned long k) {
  ESCAPEMENT_CHECK(k >= 1);
  Ball b;
  arb_root_ui(b.raw(), x.raw(), k, working_bits());
  return b;
}

Ball exp10(const Ball& x) {
  Ball ten = log(Ball(10));
  return exp(ten *= x);
}

Ball hull(const Ball& a, const Ball& b) {
  Ball both;
  arb_union(both.raw(), a.raw(), b.raw(), working_bits());
  return both;
}

Ball maximum_of(const Ball& a, const Ball& b) {
  Ball larger;
  arb_max(larger.raw(), a.raw(), b.raw(), working_bits());
  return larger;
}

Ball chi_squared_upper(const Exact& degrees, const Ball& x) {
  const Ball shape = Ball::from(degrees / 2), at = x / Ball(2);
  Ball tail;
  arb_hypgeom_gamma_upper(tail.raw(), shape.raw(), at.raw(), /*regularized=*/1, working_bits());
  return tail;
}

namespace {

// 64, 128, ... and at last `most` itself; stops when `enough` says so.
template <class Body>
void under_rising_precision(long most, Body enough) {
  for (long bits = 64;; bits *= 2) {
    const WorkingPrecision precision(std::min({bits, most, kMaxBits}));
    if (enough() || bits >= most || bits >= kMaxBits) return;
  }
}

}  // namespace

Ball refined(const std::function<Ball()>& compute, long accurate_bits, long most) {
  Ball value;
  under_rising_precision(most, [&] {
    value = compute();
    return value.is_exact() || (value.is_finite() && arb_rel_accuracy_bits(value.raw()) >= accurate_bits);
  });
  return value;
}

Truth decided(const std::function<Truth()>& compute, long most) {
  Truth answer = Truth::unknown;
  under_rising_precision(most, [&] { return (answer = compute()) != Truth::unknown; });
  return answer;
}

std::optional<BigInt> ceiling(const Ball& x) {
  constexpr long kMaxIntegerBits = kMaxExactDigits * 10 / 3;  // 2^(10/3) is just above 10
  if (!x.is_finite() || arf_cmpabs_2exp_si(arb_midref(x.raw()), kMaxIntegerBits) > 0) return std::nullopt;
  // Bits for the whole part and 64 behind the point; the radius, however small, is rounded outwards there.
  const long whole = std::max(0L, arf_abs_bound_lt_2exp_si(arb_midref(x.raw())));
  Ball up;
  arb_ceil(up.raw(), x.raw(), whole + 64);
  fmpz_t integer;
  fmpz_init(integer);
  std::optional<BigInt> found;
  if (arb_get_unique_fmpz(integer, up.raw())) {
    found.emplace();
    fmpz_get_mpz(found->backend().data(), integer);
  }
  fmpz_clear(integer);
  return found;
}

std::optional<BigInt> full_integer(const std::function<Ball()>& compute, long most) {
  std::optional<BigInt> found;
  under_rising_precision(most, [&] {
    const Ball x = compute();
    // What is certainly too long stays so at any precision.
    return (found = ceiling(x)).has_value() ||
           (x.is_finite() && arf_cmpabs_2exp_si(arb_midref(x.raw()), most) > 0);
  });
  return found;
}

BigInt ceiling_of(const Exact& x) {
  BigInt quotient;
  const BigInt above = numerator(x), below = denominator(x);
  mpz_cdiv_q(quotient.backend().data(), above.backend().data(), below.backend().data());
  return quotient;
}

// k^2 >= x for an integer k means k^2 >= ceil(x).
BigInt ceiling_of_root(const Exact& x) {
  ESCAPEMENT_CHECK(x >= 0);
  const BigInt least_square = ceiling_of(x);
  BigInt floor = sqrt(least_square);
  return floor * floor == least_square ? floor : BigInt(floor + 1);
}

}  // namespace escapement::numeric

#include "escapement/stats/among_many.h"

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/monotone.h"

namespace escapement::stats {

using numeric::BigInt;

namespace {

Ball ball_of(const BigInt& m) {
  fmpz_t integer;
  fmpz_init(integer);
  fmpz_set_mpz(integer, m.backend().data());
  Ball result;
  arb_set_fmpz(result.raw(), integer);
  fmpz_clear(integer);
  return result;
}

// (1-p)^m and its complement at an exact p in [0, 1], m >= 1.
AmongMany at_point(const Ball& p, const Ball& m, long bits) {
  if (arb_is_one(p.raw())) return {Ball(0), Ball(1), m};
  Ball exponent;
  arb_neg(exponent.raw(), p.raw());
  arb_log1p(exponent.raw(), exponent.raw(), bits);
  arb_mul(exponent.raw(), exponent.raw(), m.raw(), bits);
  AmongMany result;
  arb_exp(result.none.raw(), exponent.raw(), bits);
  arb_expm1(result.at_least_one.raw(), exponent.raw(), bits);
  arb_neg(result.at_least_one.raw(), result.at_least_one.raw());
  return result;
}

}  // namespace

AmongMany among_many(const Ball& p, const BigInt& m) {
  ESCAPEMENT_CHECK(p.is_finite() && m >= 0);
  const long bits = numeric::working_bits() + kGuardBits;
  Ball least = lower_end(p, bits), greatest = upper_end(p, bits);
  if (arb_is_negative(least.raw())) least = Ball(0);
  if (arb_gt(greatest.raw(), Ball(1).raw())) greatest = Ball(1);
  ESCAPEMENT_CHECK(arb_le(least.raw(), greatest.raw()));
  if (m == 0) return {Ball(1), Ball(0), Ball(0)};
  const Ball count = ball_of(m);
  const AmongMany few = at_point(least, count, bits), many = at_point(greatest, count, bits);
  AmongMany result{probability_hull(many.none, few.none),
                   probability_hull(few.at_least_one, many.at_least_one), Ball()};
  Ball hull;
  arb_union(hull.raw(), least.raw(), greatest.raw(), bits);
  arb_mul(result.expected.raw(), hull.raw(), count.raw(), numeric::working_bits());
  return result;
}

}  // namespace escapement::stats

#include "escapement/numeric/scalar_ops.h"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement::numeric;
using escapement::test::Dice;
using escapement::test::exact_mid;
using escapement::test::exact_of;
using escapement::test::magnitude;
using escapement::test::power_of_two;

namespace {

bool is_even(double x) {
  return x == 0 || numerator(Exact(x / std::ldexp(1.0, std::ilogb(x) - 52))) % 2 == 0;
}

// No double is nearer, and of two as near it is the even one.
bool correctly_rounded(double rounded, const Exact& x) {
  const Exact error = magnitude(exact_of(rounded) - x);
  for (const double end :
       {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()}) {
    const Exact other = magnitude(exact_of(std::nextafter(rounded, end)) - x);
    if (other < error || (other == error && !is_even(rounded))) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("an exact number becomes the nearest double") {
  CHECK(from_exact<double>(Exact(1, 10)) == 0.1);
  CHECK(from_exact<double>(Exact(-2, 3)) == -2.0 / 3);
  const Exact half_ulp = power_of_two(-53);
  CHECK(from_exact<double>(1 + half_ulp) == 1);  // halfway, to even
  CHECK(from_exact<double>(1 + 3 * half_ulp) == 1 + 0x1p-51);
  CHECK(from_exact<double>(1 + half_ulp + power_of_two(-900)) == 1 + 0x1p-52);  // just above
  CHECK(from_exact<double>(-(1 + half_ulp + power_of_two(-900))) == -(1 + 0x1p-52));
  CHECK(from_exact<double>(1 + 3 * half_ulp - power_of_two(-900)) == 1 + 0x1p-52);  // just below
  CHECK(from_exact<double>(Exact(0)) == 0);
  Dice dice(21);
  for (int i = 0; i < escapement::test::scaled(3000); ++i) {
    const double near = std::ldexp(static_cast<double>(dice.between(1L << 52, (1L << 53) - 1)),
                                   static_cast<int>(dice.between(-400, 400)));
    const Exact ulp = exact_of(std::nextafter(near, HUGE_VAL)) - exact_of(near);
    const Exact x = exact_of(near) + ulp * Exact(dice.between(-4, 4), 8) +
                    ulp * power_of_two(-dice.between(60, 300)) * Exact(dice.between(-1, 1));
    INFO(x);
    REQUIRE(correctly_rounded(from_exact<double>(x), x));
    REQUIRE(correctly_rounded(from_exact<double>(-x), -x));
  }
}

TEST_CASE("an exact number becomes the nearest Mp, and a ball around it") {
  Dice dice(22);
  for (int i = 0; i < escapement::test::scaled(2000); ++i) {
    const WorkingPrecision precision(dice.between(kMinBits, 300));
    const Exact x = dice.number(40) / Exact(dice.between(1, 1000));
    REQUIRE(magnitude(exact_of(from_exact<Mp>(x)) - x) <= power_of_two(-working_bits()) * magnitude(x));
    REQUIRE(from_exact<Ball>(x).contains(x));
    REQUIRE(exact_mid(from_exact<Ball>(x).radius()) <= 2 * power_of_two(-working_bits()) * magnitude(x));
  }
}

TEMPLATE_TEST_CASE("a dump gives back the same number", "", double, Mp, Ball) {
  using T = TestType;
  Dice dice(23);
  for (int i = 0; i < escapement::test::scaled(2000); ++i) {
    const WorkingPrecision precision(dice.between(kMinBits, 300));
    const T x = escapement::test::know<T>(dice.number(900), dice).value;
    T back = from_int<T>(0);
    INFO(dump(x));
    REQUIRE(undump(dump(x), back));
    REQUIRE(to_ball(back).identical(to_ball(x)));
    REQUIRE(dump(back) == dump(x));
  }
  T back = from_int<T>(0);
  for (const char* text : {"", "one", "1 2 3 q"}) CHECK_FALSE(undump(text, back));
}

TEMPLATE_TEST_CASE("integers, roots, extrema and order", "", double, Mp, Ball) {
  using T = TestType;
  const WorkingPrecision precision(100);
  Dice dice(24);
  for (int i = 0; i < escapement::test::scaled(500); ++i) {
    const long a = dice.between(-1000, 1000), b = dice.between(-1000, 1000);
    const T x = from_int<T>(a), y = from_int<T>(b);
    REQUIRE(to_ball(x).contains(Exact(a)));
    REQUIRE(to_double(minimum(x, y)) == static_cast<double>(std::min(a, b)));
    REQUIRE(to_double(maximum(x, y)) == static_cast<double>(std::max(a, b)));
    REQUIRE(to_double(absolute(x)) == static_cast<double>(std::labs(a)));
    REQUIRE(to_double(square_root(T(x * x))) == static_cast<double>(std::labs(a)));
    REQUIRE(is_less(x, y) == truth(a < b));
    REQUIRE(is_finite(x));
  }
  const T nan = from_dyadic<T>(std::numeric_limits<double>::quiet_NaN()), one = from_int<T>(1);
  CHECK_FALSE(is_finite(nan));
  CHECK(is_less(nan, one) == Truth::unknown);
  CHECK(is_less(one, nan) == Truth::unknown);
  CHECK_FALSE(is_finite(from_dyadic<T>(std::numeric_limits<double>::infinity())));
  CHECK(to_double(from_dyadic<T>(0.1)) == 0.1);  // the double's own value
  CHECK(to_ball(from_dyadic<T>(0.1)).contains(exact_of(0.1)));
}

TEST_CASE("the root of an enclosure that touches zero covers the roots of its points that are not negative") {
  const WorkingPrecision precision(100);
  Ball square = Ball::from(Exact(1, 1'000'000));
  arb_add_error_2exp_si(square.raw(), -10);
  const Ball root = square_root(square);
  REQUIRE(root.is_finite());
  CHECK(root.contains(Exact(0)));
  CHECK(root.contains(Exact(1, 1000)));
  CHECK(root.contains(Exact(1, 33)));  // below sqrt(2^-10 + 1e-6)
}

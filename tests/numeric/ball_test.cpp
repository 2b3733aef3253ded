#include "escapement/numeric/ball.h"

#include <limits>
#include <type_traits>

#include <catch2/catch.hpp>

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement::numeric;
using escapement::test::Dice;
using escapement::test::exact_mid;
using escapement::test::know;
using escapement::test::Known;
using escapement::test::power_of_two;

// 0.1 as a double is not 1/10: no literal may slip into an enclosure.
static_assert(!std::is_convertible_v<double, Ball>);
static_assert(!std::is_constructible_v<Ball, double>);
static_assert(!std::is_constructible_v<Ball, float>);
static_assert(!std::is_assignable_v<Ball&, double>);
static_assert(!std::is_convertible_v<int, Ball>);

namespace {

Ball not_a_number() { return Ball::dyadic(std::numeric_limits<double>::quiet_NaN()); }
Ball infinite() { return Ball::dyadic(std::numeric_limits<double>::infinity()); }
Ball everything() {
  Ball b;
  arb_zero_pm_inf(b.raw());
  return b;
}

template <class F>
void for_cases(std::uint64_t seed, F body) {
  Dice dice(seed);
  for (int i = 0; i < escapement::test::scaled(2000); ++i) {
    const long bits = dice.between(kMinBits, dice.below(2) == 0 ? 64 : 500);
    INFO("case " << i << " bits " << bits);
    const WorkingPrecision precision(bits);
    body(dice);
  }
}

}  // namespace

TEST_CASE("arithmetic contains the exact result") {
  for_cases(11, [](Dice& dice) {
    const Exact first = dice.number(30);
    const Known<Ball> x = know<Ball>(first, dice);
    // Every other case cancels: the second number is the first, but for its last bits.
    const Exact second =
        dice.below(2) == 0 ? dice.number(30) : Exact(first * (1 + power_of_two(-dice.between(1, 400))));
    const Known<Ball> y = know<Ball>(second, dice);
    REQUIRE(x.value.contains(x.point));
    REQUIRE((x.value + y.value).contains(x.point + y.point));
    REQUIRE((x.value - y.value).contains(x.point - y.point));
    REQUIRE((x.value * y.value).contains(x.point * y.point));
    REQUIRE((-x.value).contains(-x.point));
    REQUIRE(abs(x.value).contains(escapement::test::magnitude(x.point)));
    if (y.point != 0) REQUIRE((x.value / y.value).contains(x.point / y.point));
    if (y.value.contains_zero()) REQUIRE_FALSE((x.value / y.value).is_finite());
    const Exact square = x.point * x.point;
    REQUIRE(sqrt(x.value * x.value).contains(x.point < 0 ? Exact(-x.point) : x.point));
    REQUIRE((sqrt(Ball::from(square)) * sqrt(Ball::from(square))).contains(square));
    Ball self = x.value;
    self -= self;  // aliased: two independent points for all it knows
    REQUIRE(self.contains_zero());
  });
}

TEST_CASE("midpoint, radius and bounds") {
  for_cases(12, [](Dice& dice) {
    const Known<Ball> x = know<Ball>(dice.number(30), dice);
    const Exact mid = exact_mid(x.value.mid()), radius = exact_mid(x.value.radius());
    REQUIRE(x.value.mid().is_exact());
    REQUIRE(mid - radius <= x.point);
    REQUIRE(x.point <= mid + radius);
    REQUIRE(exact_mid(x.value.lower()) <= mid - radius);
    REQUIRE(exact_mid(x.value.upper()) >= mid + radius);
    const std::string text = x.value.radius_string();
    INFO(text);
    REQUIRE(parse_exact(text).has_value());
    REQUIRE(*parse_exact(text) >= radius);
    REQUIRE(*parse_exact(text) <= radius * Exact(103, 100));
    REQUIRE((text == "0") == x.value.is_exact());
  });
}

TEST_CASE("a dump gives back the same ball, whatever the precision") {
  for_cases(13, [](Dice& dice) {
    const Known<Ball> x = know<Ball>(dice.number(3000), dice);
    Ball back;
    const WorkingPrecision other(dice.between(kMinBits, 90));
    REQUIRE(Ball::undump(x.value.dump(), back));
    REQUIRE(back.identical(x.value));
  });
  Ball back;
  for (const Ball& special : {not_a_number(), infinite(), everything(), Ball()}) {
    REQUIRE(Ball::undump(special.dump(), back));
    CHECK(back.dump() == special.dump());
  }
  for (const char* text : {"", "1", "1 2", "x", "1 0 0 y", "1 0 0", "1 0 0 ", " 1 0 0 0", "1  0 0 0",
                           "1 0 0 0 0", "- 0 0 0", "-0 1 0 0", "1 0 -1 0", "1 0 0 1", "0 1 0 0", "0 -4 0 0",
                           "00 1 0 0", "1 0 40000000 0", "1 0 fffffffff 0"}) {
    INFO('"' << text << '"');
    CHECK_FALSE(Ball::undump(text, back));
  }
}

TEST_CASE("comparisons say yes or no only where every pair of points agrees") {
  for_cases(14, [](Dice& dice) {
    const Known<Ball> x = know<Ball>(dice.number(3), dice), y = know<Ball>(dice.number(3), dice);
    if (less(x.value, y.value) != Truth::unknown)
      REQUIRE((less(x.value, y.value) == Truth::yes) == (x.point < y.point));
    if (less_equal(x.value, y.value) != Truth::unknown)
      REQUIRE((less_equal(x.value, y.value) == Truth::yes) == (x.point <= y.point));
    const bool apart = !x.value.overlaps(y.value);
    if (apart) REQUIRE(less(x.value, y.value) != Truth::unknown);
    REQUIRE(less(y.value, x.value) == !less_equal(x.value, y.value));
  });
  const Ball one(1), two(2), nan = not_a_number(), infinity = infinite();
  CHECK(less(one, two) == Truth::yes);
  CHECK(less(two, one) == Truth::no);
  CHECK(less(one, one) == Truth::no);
  CHECK(less_equal(one, one) == Truth::yes);
  Ball around = one;
  arb_add_error_2exp_si(around.raw(), 0);
  CHECK(less(one, around) == Truth::unknown);
  CHECK(less_equal(around, one) == Truth::unknown);
  for (const Ball& x : {one, nan, infinity, everything()}) {
    CHECK(less(nan, x) == Truth::unknown);
    CHECK(less(x, nan) == Truth::unknown);
    CHECK(less_equal(nan, x) == Truth::unknown);
    CHECK(less_equal(x, nan) == Truth::unknown);
  }
  CHECK(less(one, infinity) == Truth::yes);
  CHECK(less(infinity, one) == Truth::no);
  CHECK(less(everything(), one) == Truth::unknown);
}

TEST_CASE("what is not finite says so and excludes nothing") {
  CHECK_FALSE(not_a_number().is_finite());
  CHECK_FALSE(infinite().is_finite());
  CHECK_FALSE(everything().is_finite());
  CHECK_FALSE(sqrt(Ball(-1)).is_finite());
  CHECK_FALSE((Ball(1) / Ball()).is_finite());
  CHECK(everything().contains(Exact(7)));
  CHECK((not_a_number() + Ball(1)).contains(Exact(7)));
  CHECK(Ball(-3).contains(Exact(-3)));
  CHECK_FALSE(Ball(-3).contains(Exact(-3) + power_of_two(-5000)));
}

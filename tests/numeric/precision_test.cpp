#include "escapement/numeric/precision.h"

#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "escapement/numeric/packed.h"

#include "support/exact_of.h"

using namespace escapement::numeric;
using escapement::test::exact_of;
using escapement::test::power_of_two;

namespace {

long boost_bits(const Mp& x) { return static_cast<long>(mpfr_get_prec(x.backend().data())); }

// Whether 1/3 comes out at `bits` in every way that it can be made.
bool third_has(long bits) {
  const Exact third(1, 3);
  const auto off_by = [&](const Exact& x) { return escapement::test::magnitude(x - third); };
  const Exact mp = off_by(exact_of(Mp(from_int<Mp>(1) / from_int<Mp>(3))));
  const Ball ball = Ball(1) / Ball(3);
  Vector<Mp> x(1), y(1);
  x.set(0, from_exact<Mp>(third));
  y.set(0, from_int<Mp>(1));
  const Exact kernel = off_by(exact_of(dot(x, y))), enclosure = off_by(escapement::test::exact_mid(ball));
  // 1/3 is no dyadic: its nearest b-bit number is off by exactly 2^-(b + 1) / 3 or, at odd b, half as much or twice.
  const Exact coarse = power_of_two(-bits), fine_mp = power_of_two(-bits - 8), fine = power_of_two(-bits - 4);
  return working_bits() == bits && mp < coarse && mp > fine_mp && kernel < 2 * coarse && kernel > fine &&
         enclosure < 2 * coarse && enclosure > fine && ball.contains(third);
}

}  // namespace

TEST_CASE("the working precision is honoured and put back") {
  CHECK(working_bits() == kDoubleBits);
  const unsigned before = Mp::thread_default_precision();
  for (const long bits : {2L, 3L, 24L, 53L, 64L, 65L, 127L, 256L, 1000L, 3333L}) {
    INFO(bits);
    const WorkingPrecision outer(bits);
    CHECK(third_has(bits));
    {
      const WorkingPrecision inner(bits + 100);
      CHECK(third_has(bits + 100));
    }
    CHECK(third_has(bits));
  }
  CHECK(working_bits() == kDoubleBits);
  CHECK(Mp::thread_default_precision() == before);
}

TEST_CASE("boost's digits are the fewest that carry the bits") {
  const unsigned before = Mp::thread_default_precision();
  for (long bits = kMinBits; bits < 3000; bits += bits < 400 ? 1 : 37) {
    INFO(bits);
    const unsigned digits = boost_digits_for(bits);
    Mp::thread_default_precision(digits);
    const long carried = boost_bits(Mp(1));
    CHECK(carried >= bits);
    CHECK(carried <= bits + 4);
    if (digits > 1) {
      Mp::thread_default_precision(digits - 1);
      CHECK(boost_bits(Mp(1)) < bits);
    }
  }
  Mp::thread_default_precision(before);
}

TEST_CASE("two threads at two precisions do not disturb each other") {
  std::atomic<int> arrived{0};
  std::atomic<int> wrong{0};
  const auto work = [&](long bits) {
    const WorkingPrecision precision(bits);
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
    for (int i = 0; i < 3000; ++i)
      if (!third_has(bits)) ++wrong;
  };
  std::thread first(work, 80), second(work, 700);
  first.join();
  second.join();
  CHECK(wrong == 0);
  CHECK(working_bits() == kDoubleBits);
}

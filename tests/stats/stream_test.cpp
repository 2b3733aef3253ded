// Streams against the same statistics of all numbers at once, in exact rationals.
#include "escapement/stats/stream.h"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/precision.h"

#include "support/exact_of.h"

using namespace escapement;
using numeric::Ball;
using numeric::Exact;
using stats::Stream;
using test::Dice;
using test::exact_mid;

namespace {

std::vector<Ball> drawn(Dice& dice, std::size_t count, long spread) {
  std::vector<Ball> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    Ball x = Ball::dyadic(static_cast<double>(dice.number(spread)));
    for (std::uint64_t again = dice.below(8) == 0 ? 2 : 0; again > 0 && numbers.size() < count; --again)
      numbers.push_back(x);
    numbers.push_back(std::move(x));
  }
  numbers.resize(count);
  return numbers;
}

Stream stream_of(const std::vector<Ball>& numbers) {
  Stream stream;
  for (const Ball& x : numbers) stream.add(x);
  return stream;
}

void check_same(const Stream& a, const Stream& b) {
  REQUIRE(a.count() == b.count());
  CHECK(a.mean().identical(b.mean()));
  CHECK(a.deviation().identical(b.deviation()));
  CHECK(a.least().identical(b.least()));
  CHECK(a.greatest().identical(b.greatest()));
  for (unsigned p = 0; p <= 100; p += 5) CHECK(a.quantile(p).identical(b.quantile(p)));
}

}  // namespace

TEST_CASE("a stream's statistics are those of its numbers") {
  const numeric::WorkingPrecision precision(200);
  Dice dice(81);
  for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{100}, Stream::kKeepAll,
                                  Stream::kKeepAll + 1, 2 * Stream::kKeepAll}) {
    const std::vector<Ball> numbers = drawn(dice, count, count % 2 == 0 ? 3 : 600);
    const Stream stream = stream_of(numbers);
    std::vector<Exact> sorted;
    Exact sum = 0, squares = 0;
    for (const Ball& x : numbers) sorted.push_back(exact_mid(x));
    std::sort(sorted.begin(), sorted.end());
    for (const Exact& x : sorted) sum += x;
    const Exact n = static_cast<long>(count), mean = sum / n;
    for (const Exact& x : sorted) squares += (x - mean) * (x - mean);
    INFO("count " << count);
    CHECK(stream.count() == count);
    CHECK(stream.mean().contains(mean));
    CHECK(stream.mean().radius().mid_double() <= std::abs(stream.mean().mid_double()) * 0x1p-198);
    if (count > 1) CHECK((stream.deviation() * stream.deviation()).contains(squares / Exact(n - 1)));
    CHECK(exact_mid(stream.least()) == sorted.front());
    CHECK(exact_mid(stream.greatest()) == sorted.back());
    for (const unsigned p : {0u, 1u, 10u, 37u, 50u, 90u, 100u}) {
      const std::size_t rank = std::max<std::size_t>(1, (count * p + 99) / 100);
      const Exact expected = sorted[rank - 1], got = exact_mid(stream.quantile(p));
      if (count <= Stream::kKeepAll)
        CHECK(got == expected);
      else
        CHECK(test::magnitude(got - expected) <=
              test::magnitude(expected) * test::power_of_two(-Stream::kCellBits));
    }
  }
}

TEST_CASE("neither order nor division changes a bit of a stream") {
  Dice dice(82);
  for (const std::size_t count : {std::size_t{50}, Stream::kKeepAll - 3, Stream::kKeepAll + 700}) {
    std::vector<Ball> numbers = drawn(dice, count, 40);
    const Stream whole = stream_of(numbers);
    for (std::size_t i = numbers.size(); i > 1; --i) std::swap(numbers[i - 1], numbers[dice.below(i)]);
    check_same(whole, stream_of(numbers));
    std::vector<Stream> parts(4);
    for (const Ball& x : numbers) parts[dice.below(4)].add(x);
    Stream merged;
    merged.merge(Stream());
    for (const std::size_t part : {2u, 0u, 3u, 1u}) merged.merge(parts[part]);
    check_same(whole, merged);
  }
}

TEST_CASE("the radii of enclosures come through in the mean") {
  Stream stream;
  for (int i = 1; i <= 3; ++i) {
    Ball x(i);
    arb_add_error_2exp_si(x.raw(), -i);
    stream.add(x);
  }
  CHECK(stream.mean().contains(Exact(2)));
  CHECK(stream.mean().contains(Exact(2) + Exact(7, 24)));
  CHECK_FALSE(stream.mean().contains(Exact(2) + Exact(8, 24)));
}

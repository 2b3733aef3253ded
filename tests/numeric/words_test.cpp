// Multi-word arithmetic against exact rationals. This file is compiled for the baseline instruction set; that the others
// give the same bits is tests/reduction/word_kernels_test.cpp's business.
#include <array>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/words8.h"

#include "support/effort.h"
#include "support/exact_of.h"

using escapement::numeric::Exact;
using escapement::test::Dice;
using escapement::test::exact_of;
using escapement::test::magnitude;
using escapement::test::power_of_two;
using namespace escapement::numeric::ESCAPEMENT_ISA;

namespace {

constexpr std::size_t kLane = 8;

struct alignas(64) Buffer {
  double v[4 * kLane];
};

template <std::size_t W>
std::array<double, W> lane(const Words<W>& a, std::size_t l) {
  Buffer b;
  a.store(b.v);
  std::array<double, W> r;
  for (std::size_t k = 0; k < W; ++k) r[k] = b.v[kLane * k + l];
  return r;
}

template <std::size_t W>
Exact value(const Words<W>& a, std::size_t l) {
  Exact sum = 0;
  for (const double w : lane(a, l)) sum += exact_of(w);
  return sum;
}

double random_double(Dice& dice) {  // in +-[1, 2), one in eight of them short
  double x = 1 + static_cast<double>(dice.below(std::uint64_t{1} << 52)) * 0x1p-52;
  if (dice.below(8) == 0) x = 1 + static_cast<double>(dice.below(4)) / 4;
  return dice.below(2) == 0 ? x : -x;
}

// Words at most u apart, of size 2^exponent; sometimes further apart, sometimes zero.
template <std::size_t W>
Words<W> random_words(Dice& dice, long spread) {
  Buffer b;
  for (std::size_t l = 0; l < kLane; ++l) {
    long exponent = dice.between(-spread, spread);
    for (std::size_t k = 0; k < W; ++k, exponent -= 54 + (dice.below(4) == 0 ? dice.between(0, 40) : 0))
      b.v[kLane * k + l] =
          dice.below(20) == 0 ? 0 : std::ldexp(random_double(dice), static_cast<int>(exponent));
  }
  Words<W> r = Words<W>::load(b.v);
  normalise(r);
  return r;
}

// The same but for the last bits: what is left of their difference is far below both.
template <std::size_t W>
Words<W> nearly_opposite(const Words<W>& a, Dice& dice) {
  Words<W> r = -a;
  Buffer b;
  r.store(b.v);
  for (std::size_t l = 0; l < kLane; ++l) {
    double& last = b.v[kLane * dice.below(W) + l];
    last = std::nextafter(last, dice.below(2) == 0 ? 1e300 : -1e300);
  }
  r = Words<W>::load(b.v);
  normalise(r);
  return r;
}

// The bound of words8.h, in units of u^W of the size A: terms a[k] u^k A in n[k] additions at level k.
double cascade(const std::vector<double>& a, const std::vector<double>& n) {
  double bound = a[0], adds = n[0];
  for (std::size_t k = 1; k < a.size(); ++k) {
    bound = a[k] + adds * bound;
    adds += n[k];
  }
  return adds * bound * (1 + 1e-9);
}

template <std::size_t W>
Exact unit() {
  return power_of_two(-53 * static_cast<long>(W));
}

template <std::size_t W>
void check_sum_and_product(long spread) {
  Dice dice(100 + W + static_cast<std::uint64_t>(spread));
  const Exact sum_bound = W == 2 ? Exact(3) + power_of_two(-40) : Exact(65),
              product_bound = W == 2 ? 4 : 1800;
  for (int round = 0; round < escapement::test::scaled(60); ++round) {
    const Words<W> a = random_words<W>(dice, spread);
    const Words<W> b = dice.below(3) == 0 ? nearly_opposite(a, dice) : random_words<W>(dice, spread);
    const Words<W> s = sum(a, b), p = product(a, b);
    for (std::size_t l = 0; l < kLane; ++l) {
      const Exact x = value(a, l), y = value(b, l);
      // Double words are accurate relative to the sum itself, cancellation or not.
      const Exact size =
          W == 2 ? magnitude(x + y) : magnitude(exact_of(lane(a, l)[0])) + magnitude(exact_of(lane(b, l)[0]));
      REQUIRE(magnitude(value(s, l) - (x + y)) <= sum_bound * unit<W>() * size);
      REQUIRE(magnitude(value(p, l) - x * y) <=
              product_bound * unit<W>() * magnitude(exact_of(lane(a, l)[0]) * exact_of(lane(b, l)[0])));
    }
  }
}

// sum_j a_j x_j and sum_j a_j b_j of n terms, with forced cancellation in every other case.
template <std::size_t W>
void check_inner_products(std::size_t n) {
  Dice dice(200 + W + n);
  const double count = static_cast<double>(n);
  std::vector<double> plain_a, plain_n, words_a, words_n;
  for (std::size_t k = 0; k < W; ++k) {
    const double level = static_cast<double>(k);
    plain_a.push_back(k == 0 ? 1 : 2);
    plain_n.push_back(k == 0 ? count : 2 * count);
    words_a.push_back(2 * level + 1);
    words_n.push_back((2 * level + 1) * count);
  }
  const Exact plain_bound(cascade(plain_a, plain_n)),
      words_bound(cascade(words_a, words_n) + static_cast<double>(W));
  for (int round = 0; round < escapement::test::scaled(12); ++round) {
    Words<W> plain = Words<W>::zero(), both = plain;
    std::array<Exact, kLane> exact_plain{}, exact_both{}, size_plain{}, size_both{};
    Words<W> a = random_words<W>(dice, 3), b = random_words<W>(dice, 3);
    V8 x = random_words<2>(dice, 3).w[0];
    for (std::size_t j = 0; j < n; ++j) {
      if (round % 2 == 1 && j % 2 == 1) {
        a = nearly_opposite(a, dice);
      } else {
        a = random_words<W>(dice, 3);
        b = random_words<W>(dice, 3);
        x = random_words<2>(dice, 3).w[0];
      }
      accumulate_product(plain, a, x);
      accumulate_product(both, a, b);
      const Words<W> wide_x = [&] {
        Words<W> r = Words<W>::zero();
        r.w[0] = x;
        return r;
      }();
      for (std::size_t l = 0; l < kLane; ++l) {
        const Exact va = value(a, l), vb = value(b, l), vx = value(wide_x, l),
                    a0 = magnitude(exact_of(lane(a, l)[0]));
        exact_plain[l] += va * vx;
        exact_both[l] += va * vb;
        size_plain[l] += a0 * magnitude(vx);
        size_both[l] += a0 * magnitude(exact_of(lane(b, l)[0]));
      }
    }
    Words<W> tidy = plain;
    normalise(tidy);
    for (std::size_t l = 0; l < kLane; ++l) {
      REQUIRE(value(tidy, l) == value(plain, l));
      REQUIRE(magnitude(value(plain, l) - exact_plain[l]) <= plain_bound * unit<W>() * size_plain[l]);
      REQUIRE(magnitude(value(both, l) - exact_both[l]) <= words_bound * unit<W>() * size_both[l]);
    }
  }
}

}  // namespace

TEST_CASE("sums and products of multi-word numbers keep their bounds, far apart and cancelling") {
  for (const long spread : {0L, 5L, 200L}) {
    check_sum_and_product<2>(spread);
    check_sum_and_product<4>(spread);
  }
}

TEST_CASE("multi-word inner products keep the cascade's bound") {
  for (const std::size_t n : {1U, 2U, 20U, 64U}) {
    check_inner_products<2>(n);
    check_inner_products<4>(n);
  }
}

TEST_CASE("normalising leaves words at least u apart and the value alone, even of words out of order") {
  Dice dice(300);
  for (int round = 0; round < escapement::test::scaled(200); ++round) {
    Words<4> a = random_words<4>(dice, 2);
    for (std::size_t l = 0; l < kLane; ++l) {
      const auto w = lane(a, l);
      for (std::size_t k = 0; k + 1 < 4; ++k)
        REQUIRE(magnitude(exact_of(w[k + 1])) <= power_of_two(-53) * magnitude(exact_of(w[k])));
    }
    Words<4> mixed{{a.w[2], a.w[0], a.w[3], a.w[1]}};
    normalise(mixed);
    for (std::size_t l = 0; l < kLane; ++l) REQUIRE(value(mixed, l) == value(a, l));
  }
}

TEST_CASE("a product whose error falls below the doubles is off by less than their least number") {
  Buffer b{};
  for (std::size_t l = 0; l < kLane; ++l) b.v[l] = std::ldexp(1 + 0x1p-52, -470 - 10 * static_cast<int>(l));
  const V8 x = V8::load(b.v);
  const Exactly p = two_prod(x, x);
  Buffer value_of, error_of;
  p.value.store(value_of.v);
  p.error.store(error_of.v);
  for (std::size_t l = 0; l < kLane; ++l) {
    const Exact exact = exact_of(b.v[l]) * exact_of(b.v[l]);
    const Exact off = magnitude(exact_of(value_of.v[l]) + exact_of(error_of.v[l]) - exact);
    REQUIRE(off <= power_of_two(-1075));
    // Exact as long as the product is at least 2^-968 (two_prod's condition in words8.h), and not beyond.
    const bool safe = exact >= power_of_two(-968);
    REQUIRE((off == 0) == safe);
  }
}

namespace {

template <std::size_t W>
void check_inverse_square_root() {
  Dice dice(400 + W);
  const Exact bound = power_of_two(W == 2 ? -99 : -196);  // of a y^2 - 1: twice that of y
  for (int round = 0; round < escapement::test::scaled(40); ++round) {
    Words<W> a = random_words<W>(dice, 200);
    a = sum(product(a, a), [] {
      Words<W> tiny = Words<W>::zero();
      tiny.w[0] = V8::all(0x1p-490);
      return tiny;
    }());
    const Words<W> y = inverse_square_root(a);
    for (std::size_t l = 0; l < kLane; ++l) {
      const Exact root = value(y, l);
      REQUIRE(root > 0);
      REQUIRE(magnitude(value(a, l) * root * root - 1) <= bound);
    }
  }
}

}  // namespace

TEST_CASE("the inverse square root of a multi-word number keeps its bound") {
  check_inverse_square_root<2>();
  check_inverse_square_root<4>();
}

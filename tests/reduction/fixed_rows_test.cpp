#include "escapement/reduction/fixed_rows.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include <catch2/catch.hpp>

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement::numeric;
using escapement::reduction::FixedInput;
using escapement::reduction::FixedRows;
using escapement::test::Dice;
using escapement::test::exact_mid;
using escapement::test::exact_of;
using escapement::test::magnitude;
using escapement::test::power_of_two;

namespace {

// Drawn inputs are 53-bit dyadics of like size; given ones may have full mantissas, far exponents, zeros.
Vector<Mp> input(std::size_t d, Dice& dice) {
  const std::uint64_t kind = dice.below(4);
  Vector<Mp> x(d);
  for (std::size_t j = 0; j < d; ++j) {
    if (kind == 0) x.set(j, from_exact<Mp>(dice.number(250)));
    if (kind == 1) x.set(j, from_exact<Mp>(dice.number(3)));
    if (kind == 2 || (kind == 3 && dice.below(3) == 0))
      x.set(j, from_dyadic<Mp>(static_cast<double>(dice.between(-(1L << 52), 1L << 52)) * 0x1p-50));
  }
  return x;
}

// The rows in exact arithmetic, with bounds that the errors are measured by: norm_i >= the largest entry of w_i there
// ever was plus all moves, second_i likewise for a_i.
struct Reference {
  std::vector<std::vector<Exact>> z;
  std::vector<Exact> norm, second;

  explicit Reference(const Rows<Mp>& start) : norm(start.rows()), second(start.rows()) {
    for (std::size_t i = 0; i < start.rows(); ++i) {
      z.emplace_back();
      for (std::size_t j = 0; j <= start.d(); ++j) z[i].push_back(exact_of(start.get(i, j)));
      for (std::size_t j = 0; j < start.d(); ++j) norm[i] = std::max(norm[i], magnitude(z[i][j]));
      second[i] = magnitude(z[i].back());
    }
  }

  void step(const Vector<Mp>& x, const Exact& c) {
    Exact largest = 0;
    for (std::size_t j = 0; j < x.size(); ++j) largest = std::max(largest, magnitude(exact_of(x.get(j))));
    for (std::size_t i = 0; i < z.size(); ++i) {
      const Exact a = z[i].back(), before = norm[i];
      Exact p = 0;
      for (std::size_t j = 0; j < x.size(); ++j) p += z[i][j] * exact_of(x.get(j));
      for (std::size_t j = 0; j < x.size(); ++j) z[i][j] -= c * a * exact_of(x.get(j));
      z[i].back() -= c * p;
      norm[i] += magnitude(c) * second[i] * largest;
      second[i] += magnitude(c) * Exact(x.size()) * before * largest;
    }
  }
};

Rows<Mp> random_rows(std::size_t k, std::size_t d, Dice& dice) {
  Rows<Mp> z(k, d);
  for (std::size_t i = 0; i < k; ++i) {
    const long scale = dice.between(-300, 300), spread = dice.below(3) == 0 ? 200 : 4;
    if (dice.below(6) == 0) {  // as the last row of the identity
      z.set(i, d, from_int<Mp>(1));
      continue;
    }
    for (std::size_t j = 0; j <= d; ++j)
      z.set(i, j, from_exact<Mp>(dice.number(spread) * power_of_two(scale)));
  }
  return z;
}

std::string text_of(const FixedRows& rows) {
  std::ostringstream out;
  rows.save(out);
  return out.str();
}

}  // namespace

TEST_CASE("an input in fixed point is the input") {
  Dice dice(41);
  for (int i = 0; i < escapement::test::scaled(1000); ++i) {
    const WorkingPrecision precision(dice.between(kMinBits, 400));
    const auto d = static_cast<std::size_t>(dice.between(1, 8));
    const Vector<Mp> x = input(d, dice);
    const mp_size_t most = dice.between(1, 8);
    FixedInput fixed;
    fixed.set(x, most);
    REQUIRE(fixed.limbs >= 1);
    REQUIRE(fixed.limbs <= most);
    const Exact unit = power_of_two(fixed.exponent - 64 * (fixed.limbs - 1));
    for (std::size_t j = 0; j < d; ++j) {
      Exact y = 0;
      for (mp_size_t l = fixed.limbs; l-- > 0;)
        y = y * power_of_two(64) +
            Exact(fixed.magnitude[j * static_cast<std::size_t>(fixed.limbs) + static_cast<std::size_t>(l)]);
      const Exact wanted = exact_of(x.get(j)), off = magnitude(wanted) - y * unit;
      const bool positive = std::count(fixed.positive.begin(), fixed.positive.end(), j) == 1;
      const bool negative = std::count(fixed.negative.begin(), fixed.negative.end(), j) == 1;
      REQUIRE(positive == (wanted > 0));
      REQUIRE(negative == (wanted < 0));
      REQUIRE(off >= 0);
      REQUIRE(off < unit);
      if (fixed.limbs < most) REQUIRE(off == 0);
      REQUIRE(y * unit < power_of_two(fixed.exponent + 63));
    }
  }
}

TEST_CASE("fixed-point rows follow the exact ones within the stated error") {
  Dice dice(42);
  for (int i = 0; i < escapement::test::scaled(300); ++i) {
    const WorkingPrecision precision(dice.between(kMinBits, dice.below(2) == 0 ? 70 : 500));
    const auto d = static_cast<std::size_t>(dice.between(1, 7)),
               k = static_cast<std::size_t>(dice.between(1, 5));
    INFO("case " << i << " bits " << working_bits() << " d " << d << " rows " << k);
    const Rows<Mp> start = random_rows(k, d, dice);
    REQUIRE(FixedRows::can_hold(start));
    FixedRows rows(start);
    Reference reference(start);
    Rows<Mp> seen(k, d);
    for (long t = 1; t <= 5; ++t) {
      const Vector<Mp> x = input(d, dice);
      FixedInput fixed;
      fixed.set(x, rows.input_limbs());
      Vector<Mp> c(1);
      c.set(0, from_exact<Mp>(dice.number(dice.below(4) == 0 ? 300 : 5)));
      rows.multiply(fixed);
      rows.step(fixed, arb_midref(c.data()));
      reference.step(x, exact_of(c.get(0)));
      rows.read(seen);
      // A step rounds an entry three times: what it is moved by, the cut of the row, what is read.
      const Exact allowed = Exact(4 * t) * power_of_two(-working_bits());
      for (std::size_t r = 0; r < k; ++r) {
        for (std::size_t j = 0; j < d; ++j)
          REQUIRE(magnitude(exact_of(seen.get(r, j)) - reference.z[r][j]) <= allowed * reference.norm[r]);
        REQUIRE(magnitude(exact_of(seen.get(r, d)) - reference.z[r][d]) <= allowed * reference.second[r]);
        REQUIRE(exact_of(rows.second().get(r)) == exact_of(seen.get(r, d)));
      }
    }
  }
}

TEST_CASE("a product is the exact inner product, rounded once") {
  Dice dice(43);
  for (int i = 0; i < escapement::test::scaled(500); ++i) {
    const WorkingPrecision precision(dice.between(kMinBits, 400));
    const auto d = static_cast<std::size_t>(dice.between(1, 9));
    const Rows<Mp> start = random_rows(3, d, dice);
    FixedRows rows(start);
    const Vector<Mp> x = input(d, dice);
    FixedInput fixed;
    fixed.set(x, rows.input_limbs());
    const Vector<Mp>& p = rows.multiply(fixed);
    for (std::size_t r = 0; r < 3; ++r) {
      Exact sum = 0, row = 0, largest = 0;
      for (std::size_t j = 0; j < d; ++j) {
        sum += exact_of(start.get(r, j)) * exact_of(x.get(j));
        row = std::max(row, magnitude(exact_of(start.get(r, j))));
        largest = std::max(largest, magnitude(exact_of(x.get(j))));
      }
      const Exact cut = Exact(d) * power_of_two(-working_bits() - 26) * row * largest;
      REQUIRE(magnitude(exact_of(p.get(r)) - sum) <=
              2 * cut + power_of_two(-working_bits()) * magnitude(sum));
    }
  }
}

TEST_CASE("rows that only shrink or grow keep their digits") {
  const WorkingPrecision precision(100);
  Rows<Mp> start(1, 1);
  start.set(0, 0, from_exact<Mp>(Exact(1, 3)));
  start.set(0, 1, from_exact<Mp>(Exact(1, 3)));
  FixedInput one;
  Vector<Mp> x(1);
  x.set(0, from_int<Mp>(1));
  for (const int sign : {1, -1}) {  // w = a: both are multiplied by 1 - c
    FixedRows rows(start);
    one.set(x, rows.input_limbs());
    Vector<Mp> c(1);
    c.set(0, from_exact<Mp>(Exact(sign, 2)));
    Exact expected(1, 3);
    for (int t = 0; t < 400; ++t) {
      rows.multiply(one);
      rows.step(one, arb_midref(c.data()));
      expected *= Exact(2 - sign, 2);
    }
    Rows<Mp> seen(1, 1);
    rows.read(seen);
    for (std::size_t j = 0; j < 2; ++j)
      CHECK(magnitude(exact_of(seen.get(0, j)) - expected) <= 2000 * power_of_two(-100) * expected);
  }
}

TEST_CASE("rows are saved exactly and damage is noticed") {
  Dice dice(44);
  for (int i = 0; i < escapement::test::scaled(60); ++i) {
    const WorkingPrecision precision(dice.between(kMinBits, 300));
    const auto d = static_cast<std::size_t>(dice.between(1, 5));
    FixedRows rows(random_rows(4, d, dice)), back(random_rows(4, d, dice));
    FixedInput fixed;
    for (int t = 0; t < 4; ++t) {
      fixed.set(input(d, dice), rows.input_limbs());
      Vector<Mp> c(1);
      c.set(0, from_exact<Mp>(dice.number(6)));
      rows.multiply(fixed);
      rows.step(fixed, arb_midref(c.data()));
    }
    const std::string text = text_of(rows);
    std::istringstream in(text);
    REQUIRE(back.load(in));
    REQUIRE(text_of(back) == text);
    // Any text either fails to load or loads; never more than that.
    std::string damaged = text;
    damaged[dice.below(damaged.size())] = "0123456789abf- \n"[dice.below(16)];
    std::istringstream wrong(damaged), half(text.substr(0, text.size() / 2));
    FixedRows other = back;
    if (other.load(wrong)) REQUIRE_FALSE(text_of(other).empty());
    REQUIRE_FALSE(other.load(half));
  }
}

TEST_CASE("what fixed point cannot hold is refused") {
  const WorkingPrecision precision(64);
  Rows<Mp> z(1, 1);
  CHECK(FixedRows::can_hold(z));
  z.set(0, 1, from_dyadic<Mp>(HUGE_VAL));
  CHECK_FALSE(FixedRows::can_hold(z));
  z.set(0, 1, from_int<Mp>(1));
  arf_set_ui_2exp_si(arb_midref(z.data()), 1, 1L << 41);
  CHECK_FALSE(FixedRows::can_hold(z));
}

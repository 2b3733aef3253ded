#include "escapement/numeric/random.h"

#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>

#include "escapement/numeric/isa.h"
#include "escapement/numeric/random_block.h"

namespace escapement::numeric {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

// The normal quantile at the centre of the cell that these bits choose, in more digits; from the nearer tail.
double reference_gaussian(std::uint64_t bits) {
  const long double p = (static_cast<long double>(bits >> 11) + 0.5L) * 0x1p-53L;
  const boost::math::normal_distribution<long double> normal;
  const long double x = p <= 0.5L ? boost::math::quantile(normal, p)
                                  : boost::math::quantile(boost::math::complement(normal, 1.0L - p));
  return static_cast<double>(x);
}

void check_gaussian(std::uint64_t bits) {
  const double x = gaussian(bits), reference = reference_gaussian(bits);
  INFO("bits = " << bits << ", gaussian = " << x << ", reference = " << reference);
  CHECK(std::fabs(x - reference) <= 6 * kEpsilon * std::fabs(reference));
}

// Bits whose cell is number `cell` of the 2^53.
constexpr std::uint64_t in_cell(std::uint64_t cell) { return cell << 11; }

}  // namespace

TEST_CASE("philox is Random123's philox4x32-10", "[random]") {
  // The three known answers of Random123's kat_vectors.
  CHECK(philox({0, 0}, Purpose(0), 0, 0) == Words{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u});
  CHECK(philox({~std::uint64_t{0}, ~std::uint32_t{0}}, Purpose(0xffff), kMaxMajor - 1, 0xffffffffu) ==
        Words{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu});
  CHECK(philox({0x299f31d0a4093822u, 0x03707344u}, Purpose(0x1319), 0x8a2e85a308d3u, 0x243f6a88u) ==
        Words{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u});
}

TEST_CASE("step draws are philox one by one, with every instruction set", "[random]") {
  const Stream stream{0x0123456789abcdefu, 77};
  const std::uint64_t first = GENERATE(std::uint64_t{0}, std::uint64_t{5}, 0xfffffffcu, kMaxMajor - 40);
  const std::uint32_t n = GENERATE(1u, 200u, 0x80000001u, 0xffffffffu);
  for (const Isa isa : available_isas()) {
    const DrawSteps draw = draw_steps_kernel(isa);
    for (const std::size_t count : {0, 1, 7, 8, 9, 16, 37}) {
      std::vector<std::uint32_t> index(count + 1, 4242);
      std::vector<double> sign(count + 1, 4242);
      draw(PhiloxCounter(stream, Purpose::step, 0), first, count, n, index.data(), sign.data());
      INFO(to_string(isa) << ", " << count << " from " << first);
      for (std::size_t i = 0; i < count; ++i) {
        const Words w = philox(stream, Purpose::step, first + i, 0);
        REQUIRE(index[i] == index_below(n, low_word(w)));
        REQUIRE(sign[i] == ((w[2] & 1) != 0 ? -1.0 : 1.0));
      }
      CHECK(index[count] == 4242);  // nothing is written beyond
      CHECK(sign[count] == 4242);
    }
  }
}

TEST_CASE("gaussian is the normal quantile to a few ulp", "[random]") {
  SECTION("centre, on both sides of 1/2") {
    for (int shift = 0; shift < 52; ++shift) {
      const std::uint64_t half = std::uint64_t{1} << 52, step = std::uint64_t{1} << shift;
      check_gaussian(in_cell(half + step - 1));
      check_gaussian(in_cell(half - step));
    }
  }
  SECTION("tails, down to the last cell") {
    for (int shift = 0; shift < 53; ++shift) {
      const std::uint64_t cell = (std::uint64_t{1} << shift) - 1;
      check_gaussian(in_cell(cell));
      CHECK(gaussian(in_cell((std::uint64_t{1} << 53) - 1 - cell)) == -gaussian(in_cell(cell)));
    }
    CHECK(gaussian(0) > -8.3);
    CHECK(gaussian(0) < -8.2);
  }
  SECTION("where AS 241 changes its polynomials, and anywhere") {
    for (const double p : {0.075, 0.925, std::exp(-25.0)})
      for (int offset = -3; offset <= 3; ++offset)
        check_gaussian(
            in_cell(static_cast<std::uint64_t>(p * 0x1p53) + static_cast<std::uint64_t>(offset + 3)));
    for (std::uint64_t i = 0; i < 2000; ++i) check_gaussian(low_word(philox({3, 1}, Purpose::inputs, i, 0)));
  }
}

TEST_CASE("draws have the moments they should", "[random]") {
  constexpr std::size_t kCount = 200'000;
  const double n = kCount;  // bounds: five standard deviations
  std::vector<double> x(kCount), sign(kCount);
  gaussian_row({11, 2}, Purpose::start, 9, 0, kCount, x.data());
  double sum = 0, square = 0, fourth = 0, lagged = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    sum += x[i];
    square += x[i] * x[i];
    fourth += x[i] * x[i] * x[i] * x[i];
    if (i > 0) lagged += x[i] * x[i - 1];
  }
  CHECK(std::fabs(sum / n) <= 5 / std::sqrt(n));
  CHECK(std::fabs(square / n - 1) <= 5 * std::sqrt(2 / n));
  CHECK(std::fabs(fourth / n - 3) <= 5 * std::sqrt(96 / n));
  CHECK(std::fabs(lagged / n) <= 5 / std::sqrt(n));

  constexpr std::size_t kBins = 200;
  std::vector<std::uint32_t> index(kCount);
  draw_steps({11, 2}, 1000, kCount, kBins, index.data(), sign.data());
  std::vector<double> hits(kBins, 0.0);
  double signs = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    REQUIRE(index[i] < kBins);
    hits[index[i]] += 1;
    signs += sign[i];
  }
  CHECK(std::fabs(signs / n) <= 5 / std::sqrt(n));
  double chi_squared = 0;
  for (const double h : hits) chi_squared += (h - n / kBins) * (h - n / kBins) / (n / kBins);
  CHECK(std::fabs(chi_squared - (kBins - 1)) <= 5 * std::sqrt(2.0 * (kBins - 1)));
}

}  // namespace escapement::numeric

// The start's Gram matrix at widths that cannot be stored, against moments of the Wishart law.
#include "escapement/reduction/wishart_start.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"

using namespace escapement;
using numeric::BigInt;
using numeric::Mp;

namespace {

// (R^T R)_ij
template <class T>
T gram(const numeric::Rows<T>& r, std::size_t i, std::size_t j) {
  T sum = numeric::from_int<T>(0);
  for (std::size_t k = 0; k < r.rows(); ++k) sum += r.get(k, i) * r.get(k, j);
  return sum;
}

}  // namespace

TEST_CASE("moments of the start's Gram matrix are those of m Gaussian rows") {
  constexpr int kCount = 4000;
  const double m = 12, d = 3;
  double ww = 0, ww2 = 0, aa = 0, cross2 = 0, theta2 = 0, theta = 0;
  for (std::uint32_t r = 0; r < kCount; ++r) {
    const numeric::Rows<double> factor = reduction::wishart_start<double>({7, r}, 3, 12);
    ww += gram(factor, 1, 1) / kCount;
    ww2 += gram(factor, 1, 1) * gram(factor, 1, 1) / kCount;
    aa += gram(factor, 3, 3) / kCount;
    cross2 += gram(factor, 0, 2) * gram(factor, 0, 2) / kCount;
    theta += gram(factor, 2, 3) / kCount;
    theta2 += gram(factor, 2, 3) * gram(factor, 2, 3) / kCount;
  }
  // Tolerances: six standard errors of each mean.
  CHECK(ww == Approx(m / d).margin(6 * std::sqrt(2 * m) / d / std::sqrt(kCount)));
  CHECK(ww2 == Approx(m * (m + 2) / d / d).epsilon(0.1));
  CHECK(aa == Approx(1).margin(6 * std::sqrt(2 / m / kCount)));
  CHECK(cross2 == Approx(m / d / d).epsilon(0.15));
  CHECK(theta == Approx(0).margin(6 * std::sqrt(1 / d / kCount)));
  CHECK(theta2 == Approx(1 / d).epsilon(0.15));
}

TEST_CASE("at m = 10^548 the law of large numbers holds to 270 digits, and theta is of order one") {
  const numeric::WorkingPrecision precision(2100);
  const BigInt m = *numeric::parse_integer("1e548");
  const numeric::Rows<Mp> factor = reduction::wishart_start<Mp>({1, 0}, 4, m);
  const Mp width = numeric::from_exact<Mp>(numeric::Exact(m));
  const Mp gap = abs(Mp(gram(factor, 0, 0) * 4 / width - 1));
  CHECK(gap < Mp("1e-272"));
  CHECK(gap > Mp("1e-276"));
  double squared = 0;
  for (std::size_t j = 0; j < 4; ++j) squared += std::pow(numeric::to_double(gram(factor, j, 4)), 2);
  CHECK(squared > 1e-3);
  CHECK(squared < 20);
}

// The start's Gram matrix at widths that cannot be stored, against moments of the Wishart law; at small ones, against neurons
// that were drawn.
#include "escapement/reduction/wishart_start.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <vector>

#include <Eigen/Eigenvalues>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

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

namespace {

// Smallest and largest eigenvalue and log det of R^T R.
std::array<double, 3> spectrum(const numeric::Rows<double>& r) {
  const auto size = static_cast<Eigen::Index>(r.rows());
  Eigen::MatrixXd s(size, size);
  double log_determinant = 0;
  for (Eigen::Index i = 0; i < size; ++i) {
    const auto k = static_cast<std::size_t>(i);
    log_determinant += 2 * std::log(std::fabs(r.get(k, k)));
    for (Eigen::Index j = 0; j < size; ++j) s(i, j) = gram(r, k, static_cast<std::size_t>(j));
  }
  const Eigen::VectorXd values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(s, false).eigenvalues();
  return {values(0), values(size - 1), log_determinant};
}

// P(sup |F_n - F| > distance) <= 2 exp(-2 n distance^2): the inequality of Dvoretzky, Kiefer and Wolfowitz.
double distance_at(double n, double probability) { return std::sqrt(std::log(2 / probability) / (2 * n)); }

}  // namespace

// tests/oracles/wishart_eigenvalues.py draws all m rows. Of each empirical law the distance from the true one is exceeded
// with probability 10^-9 at the most; 36 of them, so that a right program fails with probability below 10^-7 at another seed.
TEST_CASE("eigenvalues and determinant at small widths have the law of those of drawn neurons") {
  constexpr std::uint32_t kCount = 20'000;
  std::ifstream file(std::string(ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/wishart-eigenvalues.json");
  REQUIRE(file);
  const nlohmann::json recorded = nlohmann::json::parse(file);
  const auto draws = recorded["draws"].get<double>();
  const double tolerance = distance_at(kCount, 1e-9) + distance_at(draws, 1e-9);
  CHECK(tolerance < 0.027);
  REQUIRE(recorded["laws"].size() == 6);
  for (const nlohmann::json& law : recorded["laws"]) {
    const auto d = law["d"].get<std::size_t>();
    const auto m = law["m"].get<int>();
    INFO("d = " << d << ", m = " << m);
    std::array<std::vector<double>, 3> drawn;
    double trace = 0, log_determinant = 0;
    for (std::uint32_t r = 0; r < kCount; ++r) {
      const numeric::Rows<double> factor = reduction::wishart_start<double>({11, r}, d, m);
      const std::array<double, 3> values = spectrum(factor);
      for (std::size_t k = 0; k < 3; ++k) drawn[k].push_back(values[k]);
      for (std::size_t j = 0; j <= d; ++j) trace += gram(factor, j, j) / kCount;
      log_determinant += values[2] / kCount;
    }
    std::size_t k = 0;
    for (const char* name : {"smallest", "largest", "log_determinant"}) {
      std::vector<double>& ours = drawn[k++];
      std::sort(ours.begin(), ours.end());
      const auto at = law[name]["at"].get<std::vector<double>>();
      const auto count = law[name]["count"].get<std::vector<double>>();
      REQUIRE(at.size() == 100);
      double distance = 0;
      for (std::size_t i = 0; i < at.size(); ++i) {
        const auto below = std::upper_bound(ours.begin(), ours.end(), at[i]) - ours.begin();
        distance = std::max(distance, std::fabs(static_cast<double>(below) / kCount - count[i] / draws));
      }
      INFO(name);
      CHECK(distance < tolerance);
      CHECK(distance > 0);
    }
    // E tr S = m + 1. det S is a product of chi squares of m, m - 1, ..., m - d degrees of freedom over d^d m: the mean of
    // its logarithm. Six standard errors.
    const double dd = static_cast<double>(d);
    CHECK(trace == Approx(m + 1).margin(6 * std::sqrt((2 * m / dd + 2.0 / m) / kCount)));
    double mean = -dd * std::log(dd) - std::log(m), variance = 0;
    for (int i = 0; i <= static_cast<int>(d); ++i) {
      mean += boost::math::digamma((m - i) / 2.0) + std::log(2.0);
      variance += boost::math::trigamma((m - i) / 2.0);
    }
    CHECK(log_determinant == Approx(mean).margin(6 * std::sqrt(variance / kCount)));
  }
}

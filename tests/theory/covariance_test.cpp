// Eigendirections give C and theta* back; inputs of a sample of any size have the Wishart law's moments.
#include "escapement/theory/covariance.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "theory/support.h"

namespace numeric = escapement::numeric;
namespace model = escapement::model;
using namespace escapement::theory;
using namespace escapement::test;
using numeric::BigInt;
using numeric::Exact;

namespace {

// (1/d) sum over the given inputs, [d x d].
std::vector<std::vector<double>> covariance_of(const std::vector<std::vector<double>>& x) {
  const std::size_t d = x.size();
  std::vector<std::vector<double>> c(d, std::vector<double>(d, 0.0));
  for (const auto& row : x)
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j) c[i][j] += row[i] * row[j] / static_cast<double>(d);
  return c;
}

}  // namespace

TEST_CASE("eigendirections keep what of C and theta* a rotation keeps") {
  const model::Instance instance =
      model::make_instance(configured({"d=5", "n=9", "m=2", "theta_norm=3", "steps=1"}), 0);
  const auto directions = covariance_directions(instance);
  REQUIRE(directions.size() == 5);
  // tr C, tr C^2, |theta*|^2, theta*^T C theta*, theta*^T C^2 theta* without any eigenvector.
  double c[5][5] = {}, theta[5];
  for (std::size_t i = 0; i < 5; ++i) theta[i] = static_cast<double>(instance.theta_star[i]);
  for (std::size_t k = 0; k < 9; ++k)
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t j = 0; j < 5; ++j)
        c[i][j] += instance.generated_inputs[k * 5 + i] * instance.generated_inputs[k * 5 + j] / 9;
  double trace = 0, square = 0, once = 0, twice = 0, norm = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    trace += c[i][i];
    norm += theta[i] * theta[i];
    double moved = 0;
    for (std::size_t j = 0; j < 5; ++j) {
      square += c[i][j] * c[j][i];
      moved += c[i][j] * theta[j];
    }
    once += theta[i] * moved;
    twice += moved * moved;
  }
  double found[5] = {};
  for (const CovarianceDirection& l : directions) {
    const double s2 = l.ground_truth * l.ground_truth;
    found[0] += l.eigenvalue;
    found[1] += l.eigenvalue * l.eigenvalue;
    found[2] += s2;
    found[3] += l.eigenvalue * s2;
    found[4] += l.eigenvalue * l.eigenvalue * s2;
  }
  CHECK(found[0] == Approx(trace).epsilon(1e-12));
  CHECK(found[1] == Approx(square).epsilon(1e-12));
  CHECK(found[2] == Approx(norm).epsilon(1e-12));
  CHECK(norm == Approx(9).epsilon(1e-12));
  CHECK(found[3] == Approx(once).epsilon(1e-12));
  CHECK(found[4] == Approx(twice).epsilon(1e-12));
}

TEST_CASE("given inputs, and directions that the data do not see") {
  model::Instance instance = model::make_instance(configured({"d=3", "n=2", "m=2", "steps=1"}), 0);
  instance.given_inputs = {{Exact(3), Exact(0), Exact(0)}, {Exact(0), Exact(0), Exact(2)}};
  instance.theta_star = {Exact(1, 2), Exact(-1, 4), Exact(3)};
  const auto directions = covariance_directions(instance);
  REQUIRE(directions.size() == 3);
  CHECK(directions[0].eigenvalue == 0);  // exactly
  CHECK(std::fabs(directions[0].ground_truth) == Approx(0.25));
  CHECK(directions[1].eigenvalue == Approx(2));
  CHECK(std::fabs(directions[1].ground_truth) == Approx(3));
  CHECK(directions[2].eigenvalue == Approx(4.5));
  CHECK(std::fabs(directions[2].ground_truth) == Approx(0.5));
}

TEST_CASE("inputs of a sample have the mean and the variances of a Wishart covariance") {
  constexpr std::size_t d = 3;
  const auto n = GENERATE(3, 7, 200);
  constexpr std::uint32_t kReplicas = 20'000;
  Mean mean[d][d], variance[d][d], trace_square;
  for (std::uint32_t r = 0; r < kReplicas; ++r) {
    const auto c = covariance_of(inputs_of_sample({5, r}, d, n));
    double square = 0;
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j) {
        const double off = c[i][j] - (i == j ? 1 : 0);
        mean[i][j].add(c[i][j]);
        variance[i][j].add(off * off);
        square += c[i][j] * c[i][j];
      }
    trace_square.add(square);
  }
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      INFO("n = " << n << ", entry " << i << ", " << j << ": " << mean[i][j].mean() << ", "
                  << variance[i][j].mean());
      CHECK(mean[i][j].agrees(i == j ? 1 : 0));
      CHECK(variance[i][j].agrees((i == j ? 2.0 : 1.0) / n));
    }
  // E tr C^2 = d + d (d + 1)/n.
  CHECK(trace_square.agrees(3 + 12.0 / n));
}

TEST_CASE(
    "samples that nobody can store: the same law, near the identity, and a pure function of the stream") {
  constexpr std::size_t d = 4;
  const BigInt n = numeric::parse_exact("1e40").value().convert_to<BigInt>();
  Mean off_diagonal, diagonal;
  for (std::uint32_t r = 0; r < 4000; ++r) {
    const auto c = covariance_of(inputs_of_sample({6, r}, d, n));
    off_diagonal.add(c[0][1] * c[0][1] * 1e40);
    diagonal.add(c[2][2]);
  }
  CHECK(off_diagonal.agrees(1));
  CHECK(diagonal.mean() == Approx(1).epsilon(1e-12));
  CHECK(inputs_of_sample({6, 1}, d, n) == inputs_of_sample({6, 1}, d, n));
  CHECK(inputs_of_sample({6, 1}, d, n) != inputs_of_sample({6, 2}, d, n));
  CHECK(inputs_of_sample({6, 1}, d, n) != inputs_of_sample({7, 1}, d, n));
}

TEST_CASE("the chi variates on both sides of the border to the cube root are one law") {
  // Degrees of freedom 10^7 and 10^7 + 1 from the same stream: the quantile function hardly moves.
  for (std::uint32_t r = 0; r < 50; ++r) {
    const double below = inputs_of_sample({8, r}, 1, 10'000'000)[0][0];
    const double above = inputs_of_sample({8, r}, 1, 10'000'001)[0][0];
    CHECK(below == Approx(above).epsilon(1e-9));
  }
}

#include "escapement/certify/tangent.h"

#include <random>

#include <Eigen/SVD>
#include <catch2/catch.hpp>

#include "escapement/certify/enclose.h"
#include "escapement/numeric/precision.h"

#include "certify/support.h"

using namespace escapement;  // NOLINT(google-build-using-namespace)
using certify::Bound;
using certify::Tangent;
using certify::TangentStep;
using numeric::Ball;

namespace {

TangentStep random_step(std::mt19937_64& engine, std::size_t rows, std::size_t d) {
  std::normal_distribution<double> normal;
  TangentStep step;
  for (std::size_t j = 0; j < d; ++j) step.x.push_back(normal(engine));
  for (std::size_t i = 0; i < rows; ++i) step.a.push_back(normal(engine)), step.p.push_back(normal(engine));
  step.c = normal(engine) / 8;
  step.rate = 1.0 / 64;
  return step;
}

// D J in enclosures, column by column: E -> E - c E B(x) - rate <E, G> G.
std::vector<Ball> exact_product(const Tangent& j, const TangentStep& s, std::size_t rows, std::size_t d) {
  const std::size_t width = d + 1, n = rows * width;
  const auto ball = [](double x) { return Ball::dyadic(x); };
  std::vector<Ball> out;
  for (std::size_t column = 0; column < n; ++column) {
    const double* const e = j.entries().data() + column * n;
    std::vector<Ball> along(rows);
    Ball inner;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t k = 0; k < d; ++k) along[i] += ball(e[i * width + k]) * ball(s.x[k]);
      inner += ball(s.a[i]) * along[i] + ball(s.p[i]) * ball(e[i * width + d]);
    }
    for (std::size_t i = 0; i < rows; ++i) {
      const Ball last = ball(e[i * width + d]);
      for (std::size_t k = 0; k < d; ++k)
        out.push_back(ball(e[i * width + k]) - ball(s.c) * last * ball(s.x[k]) -
                      ball(s.rate) * inner * ball(s.a[i]) * ball(s.x[k]));
      out.push_back(last - ball(s.c) * along[i] - ball(s.rate) * inner * ball(s.p[i]));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a product of Jacobians is wrong by no more than it says, and that is little") {
  const numeric::WorkingPrecision precision(200);
  std::mt19937_64 engine(5);
  for (const auto& [rows, d] : {std::pair<std::size_t, std::size_t>{1, 1}, {3, 2}, {7, 3}}) {
    Tangent j(rows, d);
    for (int step = 0; step < 30; ++step) {
      const TangentStep s = random_step(engine, rows, d);
      const std::vector<Ball> exact = exact_product(j, s, rows, d);
      const Bound bound = j.apply(s);
      Ball squares;
      for (std::size_t i = 0; i < exact.size(); ++i) {
        const Ball off = exact[i] - Ball::dyadic(j.entries()[i]);
        squares += off * off;
      }
      CHECK(less_equal(numeric::square_root(squares), bound.ball()) == numeric::Truth::yes);
      CHECK(bound.log2() < j.frobenius().log2() - 35);
    }
  }
}

TEST_CASE("the sharp norm bounds the largest singular value, closely") {
  std::mt19937_64 engine(6);
  for (const auto& [rows, d] : {std::pair<std::size_t, std::size_t>{1, 1}, {3, 2}, {7, 3}}) {
    Tangent j(rows, d);
    const auto n = static_cast<Eigen::Index>(rows * (d + 1));
    for (int step = 0; step < 60; ++step) {
      j.apply(random_step(engine, rows, d));
      const Eigen::Map<const Eigen::MatrixXd> matrix(j.entries().data(), n, n);
      const double largest = Eigen::JacobiSVD<Eigen::MatrixXd>(matrix).singularValues()(0);
      const double bound = j.spectral().ball().mid_double();
      CHECK(bound >= largest * (1 - 1e-13));
      CHECK(bound <= largest * 1.15);
      CHECK(j.frobenius().ball().mid_double() >= largest * (1 - 1e-13));
    }
  }
}

TEST_CASE("a box of starts keeps its size where products of norms would have lost it") {
  // The norms' product over these steps is above 2^60; a box of 1e-12 would end at a radius of 2^20.
  const model::Instance instance = test::small_instance({"steps=1500"});
  const numeric::Exact radius = *numeric::parse_exact("1e-12");
  const certify::Enclosure box = certify::enclose(instance, radius, 1500, {0}, 300);
  REQUIRE(box.outcome == observe::Outcome::completed);
  CHECK(box.error.log2() < -25);
}

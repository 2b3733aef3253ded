// Starts of Phase II: inside their balls, orthogonal where they say so, uniform where they are drawn.
#include "escapement/theory/phase_two.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "escapement/engine/run.h"

#include "theory/support.h"

namespace numeric = escapement::numeric;
namespace model = escapement::model;
namespace engine = escapement::engine;
using namespace escapement::theory;
using namespace escapement::test;
using numeric::Exact;

namespace {

double dot(const Row& row, const std::vector<Exact>& theta) {
  double sum = 0;
  for (std::size_t j = 0; j < theta.size(); ++j) sum += row[j] * static_cast<double>(theta[j]);
  return sum;
}
double length(const Row& row, std::size_t d) {
  double sum = 0;
  for (std::size_t j = 0; j < d; ++j) sum += row[j] * row[j];
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("drawn neurons are uniform in the ball, and their second layer in the interval") {
  const auto d = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7});
  constexpr double radius = 0.25;
  constexpr std::size_t kCount = 20'000;
  const std::vector<Row> rows = drawn_neurons({3, 1}, d, kCount, radius);
  REQUIRE(rows.size() == kCount);
  Mean radial, coordinate, square, across, second, second_square, joint;
  bool inside = true;
  for (const Row& row : rows) {
    REQUIRE(row.size() == d + 1);
    const double r = length(row, d) / radius, a = row[d] / radius;
    inside = inside && r <= 1 + 1e-12 && std::fabs(a) <= 1;
    radial.add(r);
    coordinate.add(row[0] / radius);
    square.add(row[0] * row[0] / radius / radius);
    across.add(d > 1 ? row[0] * row[1] : 0);
    second.add(a);
    second_square.add(a * a);
    joint.add((r - static_cast<double>(d) / static_cast<double>(d + 1)) * (a * a - 1.0 / 3));
  }
  CHECK(inside);
  const auto dim = static_cast<double>(d);
  CHECK(radial.agrees(dim / (dim + 1)));
  CHECK(coordinate.agrees(0));
  CHECK(square.agrees(1 / (dim + 2)));
  CHECK(across.agrees(0));
  CHECK(second.agrees(0));
  CHECK(second_square.agrees(1.0 / 3));
  CHECK(joint.agrees(0));  // the two layers are drawn independently
  CHECK(drawn_neurons({3, 1}, d, 5, radius) == std::vector<Row>(rows.begin(), rows.begin() + 5));
  CHECK(drawn_neurons({3, 2}, d, 5, radius) != std::vector<Row>(rows.begin(), rows.begin() + 5));
}

TEST_CASE("the three special neurons") {
  const std::vector<Exact> theta{Exact(2), Exact(-1), Exact(2)};  // length 3
  constexpr double radius = 0.5;
  const Row decaying = decaying_neuron(theta, radius), orthogonal = orthogonal_neuron(theta, radius),
            aligned = aligned_neuron(theta, 0.125, -0.75);
  CHECK(length(decaying, 3) == Approx(radius / std::sqrt(2)));
  CHECK(decaying[3] == -radius / 2);
  CHECK(std::fabs(decaying[3] + dot(decaying, theta) / 3) < 1e-15);
  for (const double x : decaying) CHECK(x != 0);  // no zero makes it special

  CHECK(length(orthogonal, 3) == Approx(radius / 2));
  CHECK(std::fabs(dot(orthogonal, theta)) < 1e-15);
  CHECK(orthogonal[3] == 0);

  CHECK(dot(aligned, theta) / 3 == Approx(0.125));
  CHECK(length(aligned, 3) == Approx(0.125));
  CHECK(aligned[3] == -0.75);

  // One dimension has nothing orthogonal; theta* = 0 has no direction.
  CHECK(length(orthogonal_neuron({Exact(3)}, radius), 1) == 0);
  CHECK(decaying_neuron({Exact(3)}, radius) == Row{radius / 2, -radius / 2});
  for (const double x : aligned_neuron({Exact(0), Exact(0)}, 1, 0)) CHECK(x == 0);
}

TEST_CASE("gradient descent near the origin sends the decaying neuron to zero, unaligned") {
  model::Instance instance = model::make_instance(
      configured({"algorithm=gradient-descent", "batch=full", "n=population", "d=3", "m=2", "eta=1/64",
                  "sigma=0", "steps=300", "record=none", "snapshots=none"}),
      0);
  const double radius = 1e-6;  // so small that theta stays away from theta* meanwhile
  const std::vector<Row> rows{decaying_neuron(instance.theta_star, radius),
                              orthogonal_neuron(instance.theta_star, radius)};
  give_start(instance, rows);
  CHECK(instance.m == 2);
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  const auto neurons = engine::run_instance(instance, options).final.neurons;
  REQUIRE(neurons.size() == 2);
  Row end[2];
  for (std::size_t i = 0; i < 2; ++i)
    for (const auto& x : neurons[i]) end[i].push_back(x.mid_double());
  // a and <w, e> shrink by (1 - eta |theta*|) a step, what is orthogonal stays.
  const double shrunk = std::pow(63.0 / 64, 300) * radius / 2;
  CHECK(dot(end[0], instance.theta_star) == Approx(shrunk).epsilon(1e-4));
  CHECK(end[0][3] == Approx(-shrunk).epsilon(1e-4));
  CHECK(length(end[0], 3) == Approx(std::hypot(shrunk, radius / 2)).epsilon(1e-4));
  CHECK(length(end[1], 3) == Approx(radius / 2).epsilon(1e-4));
  CHECK(std::fabs(dot(end[1], instance.theta_star)) < 1e-4 * radius);
}

// The kernels over lanes against the kernel over one replica, on every instruction set that this processor has.
#include "escapement/reduction/lane_kernels.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/packed.h"
#include "escapement/numeric/random.h"
#include "escapement/reduction/factor_kernels.h"

namespace escapement::reduction {
namespace {

using numeric::Isa;
using numeric::Rows;
using numeric::Vector;

struct Matrix {
  Rows<double> z;
  Vector<double> products, scratch;
  explicit Matrix(Rows<double> rows)
      : z(std::move(rows)), products(kMaxProducts * z.stride()), scratch(kFactorScratch * z.stride()) {}
  FactorView view() { return {z.data(), products.data(), scratch.data(), z.stride() / numeric::kLanes}; }
  void multiply(const Vector<double>& input, std::size_t k) {
    Vector<double> p(z.rows());
    first_layer_times(z, input, p);
    std::copy_n(p.data(), z.stride(), products.data() + k * z.stride());
  }
};

// One replica: its inputs, labels and noise, R and P with the products before the first step.
struct Replica {
  std::vector<Vector<double>> inputs;
  std::vector<const double*> x;
  std::vector<double> y, noise, c;
  Matrix factor, passenger;

  Replica(std::size_t d, std::size_t rows, std::size_t steps, std::uint64_t first, std::uint32_t number)
      : c(steps), factor(Rows<double>(rows, d)), passenger(Rows<double>::identity(d)) {
    std::vector<double> row(d + 1);
    const numeric::Stream stream{11, number};
    for (std::size_t i = 0; i < rows; ++i) {
      gaussian_row(stream, numeric::Purpose::start, i, 0, d + 1, row.data());
      for (std::size_t j = 0; j <= d; ++j) factor.z.set(i, j, 0.3 * row[j]);
    }
    for (std::size_t k = 0; k < steps + kMaxProducts; ++k) {
      gaussian_row(stream, numeric::Purpose::inputs, k, 0, d, row.data());
      inputs.emplace_back(d);
      for (std::size_t j = 0; j < d; ++j) inputs[k].set(j, row[j]);
      y.push_back(0.5 * row[0]);
      noise.push_back(k % 3 == number % 3 ? 0.25 : -0.25);
    }
    for (const Vector<double>& input : inputs) x.push_back(input.data());
    for (std::size_t k = 0; k < products_before(first); ++k) {
      factor.multiply(inputs[k], k);
      passenger.multiply(inputs[k], k);
    }
  }
};

// A matrix of every replica in one array, lane by lane.
struct Bundle {
  std::size_t rows, columns, lanes;
  Vector<double> z, products, scratch;
  Bundle(std::size_t row_count, std::size_t d, std::size_t width)
      : rows(row_count),
        columns(d + 1),
        lanes(width),
        z(rows * columns * lanes),
        products(kMaxProducts * rows * lanes),
        scratch(kLaneColumns * rows * lanes) {}
  LaneView view() { return {z.data(), products.data(), scratch.data(), rows}; }
  void take(const Matrix& m, std::size_t lane) {
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t i = 0; i < rows; ++i) z.set((j * rows + i) * lanes + lane, m.z.get(i, j));
    for (std::size_t k = 0; k < kMaxProducts; ++k)
      for (std::size_t i = 0; i < rows; ++i)
        products.set((k * rows + i) * lanes + lane, m.products.get(k * m.z.stride() + i));
  }
  std::size_t differences(const Matrix& m, std::size_t lane, std::size_t kept) const {
    std::size_t count = 0;
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t i = 0; i < rows; ++i)
        count += z.get((j * rows + i) * lanes + lane) == m.z.get(i, j) ? 0u : 1u;
    for (std::size_t k = 0; k < kept; ++k)
      for (std::size_t i = 0; i < rows; ++i)
        count +=
            products.get((k * rows + i) * lanes + lane) == m.products.get(k * m.z.stride() + i) ? 0u : 1u;
    return count;
  }
};

struct Case {
  std::size_t d, rows, steps;
  std::uint64_t first;
  bool passenger;
  double step_size = 0.05, limit = 1e3;
};

// Steps taken, the same by every kernel, and how many numbers differ.
std::pair<std::size_t, std::size_t> compare(const Case& c, Isa isa) {
  const LaneMethod method = lane_method(isa);
  std::vector<Replica> replicas;
  for (std::uint32_t r = 0; r < method.width; ++r) replicas.emplace_back(c.d, c.rows, c.steps, c.first, r);
  Bundle factor(c.rows, c.d, method.width), passenger(c.passenger ? c.d + 1 : 0, c.d, method.width);
  Vector<double> inputs(kLaneInputs * numeric::padded(c.d) * method.width);
  LaneSteps lanes{};
  lanes.first = c.first;
  lanes.steps = c.steps;
  lanes.d = c.d;
  lanes.step_size = c.step_size / static_cast<double>(c.d);
  lanes.limit = c.limit;
  lanes.inputs = inputs.data();
  for (std::size_t r = 0; r < replicas.size(); ++r) {
    factor.take(replicas[r].factor, r);
    if (c.passenger) passenger.take(replicas[r].passenger, r);
    lanes.x[r] = replicas[r].x.data();
    lanes.y[r] = replicas[r].y.data();
    lanes.noise[r] = replicas[r].noise.data();
  }
  lanes.factor = factor.view();
  lanes.passenger = passenger.view();
  const std::size_t taken = method.kernel(lanes);
  std::size_t differences = 0;
  for (std::size_t r = 0; r < replicas.size(); ++r) {
    Replica& replica = replicas[r];
    FactorSteps alone{};
    alone.factor = replica.factor.view();
    if (c.passenger) alone.passenger = replica.passenger.view();
    alone.first = c.first;
    alone.x = replica.x.data();
    alone.y = replica.y.data();
    alone.noise = replica.noise.data();
    alone.c = replica.c.data();
    alone.steps = taken;
    alone.d = c.d;
    alone.x_blocks = numeric::padded(c.d) / numeric::kLanes;
    alone.step_size = lanes.step_size;
    alone.limit = c.limit;
    if (taken > 0) REQUIRE(factor_kernel(Isa::portable)(alone) == taken);
    const std::size_t kept = products_before(c.first + taken);
    differences += factor.differences(replica.factor, r, kept);
    if (c.passenger) differences += passenger.differences(replica.passenger, r, kept);
  }
  return {taken, differences};
}

}  // namespace

TEST_CASE("a lane has the bits of the replica alone, whatever the instruction set") {
  for (const Isa isa : numeric::available_isas())
    for (const std::size_t d : {1u, 2u, 3u, 7u, 8u, 9u, 20u})
      for (const std::size_t rows : {std::size_t{1}, d, d + 1})
        for (const std::size_t steps : {1u, 2u, 3u, 16u, 17u})
          for (const std::uint64_t first : {4u, 5u}) {
            const Case c{d, rows, steps, first, rows != 1};
            INFO(numeric::to_string(isa)
                 << " d " << d << " rows " << rows << " steps " << steps << " first " << first);
            const auto [taken, differences] = compare(c, isa);
            CHECK(taken == steps);
            CHECK(differences == 0);
          }
}

TEST_CASE("all lanes stop before the first step that any may not take") {
  for (const Isa isa : numeric::available_isas()) {
    std::size_t stops = 0, odd = 0;
    for (double limit = 1; limit < 1e12; limit *= 7)
      for (const std::uint64_t first : {4u, 5u}) {
        const Case c{5, 6, 40, first, true, 4, limit};  // grows without bound
        const auto [taken, differences] = compare(c, isa);
        INFO(numeric::to_string(isa) << " limit " << limit << " taken " << taken);
        CHECK(differences == 0);
        stops += taken < c.steps ? 1 : 0;
        odd += taken < c.steps && taken % 2 == 1 ? 1 : 0;
      }
    CHECK(stops >= 10);  // else the limits test nothing
    CHECK(odd >= 3);
  }
}

}  // namespace escapement::reduction

#include "escapement/reduction/factor_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/packed.h"
#include "escapement/numeric/random.h"

namespace escapement::reduction {
namespace {

using numeric::Isa;
using numeric::Rows;
using numeric::Vector;

// A matrix on its way, with what is kept between calls.
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
  std::vector<double> numbers() const { return {z.data(), z.data() + (z.d() + 1) * z.stride()}; }
};

Rows<double> random_rows(std::size_t rows, std::size_t d, std::uint64_t seed) {
  Rows<double> z(rows, d);
  std::vector<double> row(d + 1);
  for (std::size_t i = 0; i < rows; ++i) {
    gaussian_row({seed, 0}, numeric::Purpose::start, i, 0, d + 1, row.data());
    for (std::size_t j = 0; j <= d; ++j) z.set(i, j, 0.3 * row[j]);
  }
  return z;
}

// A problem with n inputs and a sequence of steps from `first`.
struct Setting {
  std::size_t d, rows, steps, n = 13;
  std::uint64_t first = 0;
  double step_size, limit = 1e3;
  std::vector<Vector<double>> inputs;
  std::vector<double> overlaps, y, noise;
  std::vector<std::uint32_t> index;
  std::vector<const double*> x;

  Setting(std::size_t dim, std::size_t row_count, std::size_t step_count, std::uint64_t seed)
      : d(dim), rows(row_count), steps(step_count), step_size(0.05 / static_cast<double>(dim)) {
    std::vector<double> row(d);
    for (std::size_t k = 0; k < n; ++k) {
      gaussian_row({seed, 1}, numeric::Purpose::inputs, k, 0, d, row.data());
      inputs.emplace_back(d);
      for (std::size_t j = 0; j < d; ++j) inputs[k].set(j, row[j]);
    }
    for (const auto& a : inputs)
      for (const auto& b : inputs) overlaps.push_back(dot(a, b));
    index.resize(steps + kMaxProducts);
    noise.resize(steps + kMaxProducts);
    numeric::draw_steps({seed, 2}, 0, index.size(), n, index.data(), noise.data());
    for (double& e : noise) e *= 0.25;
    for (const std::uint32_t i : index) {
      x.push_back(inputs[i].data());
      y.push_back(0.5 * inputs[i].get(0));
    }
  }

  // Takes the steps in calls that end at the given cuts (ascending, the last one is `steps`); returns how many it took.
  std::size_t run(FactorKernel kernel, Matrix& factor, Matrix* passenger,
                  const std::vector<std::size_t>& cuts, bool table, std::vector<double>& c) const {
    c.assign(steps, 0.0);
    for (std::size_t k = 0; k < products_before(first); ++k) {
      factor.multiply(inputs[index[k]], k);
      if (passenger != nullptr) passenger->multiply(inputs[index[k]], k);
    }
    std::size_t done = 0;
    for (const std::size_t cut : cuts) {
      FactorSteps s{};
      s.factor = factor.view();
      if (passenger != nullptr) s.passenger = passenger->view();
      s.first = first + done;
      s.x = x.data() + done;
      s.index = index.data() + done;
      s.overlaps = table ? overlaps.data() : nullptr;
      s.n = n;
      s.y = y.data() + done;
      s.noise = noise.data() + done;
      s.c = c.data() + done;
      s.steps = cut - done;
      s.d = d;
      s.x_blocks = numeric::padded(d) / numeric::kLanes;
      s.step_size = step_size;
      s.limit = limit;
      if (s.steps == 0) continue;
      const std::size_t taken = kernel(s);
      done += taken;
      if (taken < s.steps) break;
      std::fill_n(factor.scratch.data(), factor.scratch.size(), std::nan(""));  // nothing is kept there
    }
    return done;
  }
  std::size_t run(FactorKernel kernel, Matrix& factor, Matrix* passenger, std::vector<double>& c) const {
    return run(kernel, factor, passenger, {steps}, true, c);
  }

  Matrix factor() const { return Matrix(random_rows(rows, d, 5)); }
  Matrix passenger() const { return Matrix(Rows<double>::identity(d)); }
};

// The definition, in plain loops; returns how many steps were taken.
std::size_t plain_steps(const Setting& s, Rows<double>& z, Rows<double>* passenger) {
  const auto step = [&](Rows<double>& m, std::size_t i, const double* x, double c) {
    const double a = m.get(i, s.d);
    double p = 0;
    for (std::size_t j = 0; j < s.d; ++j) {
      p += m.get(i, j) * x[j];
      m.set(i, j, m.get(i, j) - c * a * x[j]);
    }
    m.set(i, s.d, a - c * p);
  };
  for (std::size_t t = 0; t < s.steps; ++t) {
    double output = 0;
    for (std::size_t i = 0; i < z.rows(); ++i)
      for (std::size_t j = 0; j < s.d; ++j) output += z.get(i, s.d) * z.get(i, j) * s.x[t][j];
    const double residual = output - s.y[t] - s.noise[t];
    if (!(std::fabs(residual) <= s.limit)) return t;
    for (std::size_t i = 0; i < z.rows(); ++i) step(z, i, s.x[t], s.step_size * residual);
    if (passenger == nullptr) continue;
    for (std::size_t i = 0; i < passenger->rows(); ++i) step(*passenger, i, s.x[t], s.step_size * residual);
  }
  return s.steps;
}

// Each step adds rounding errors of at most about 2 (d + 8) units in the last place of the largest entry (the product and
// its corrections, then a and W), and the steps here neither grow nor shrink a perturbation by more than a small factor.
void check_close(const Rows<double>& z, const Rows<double>& reference, std::size_t steps) {
  double largest = 0, error = 0;
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j <= z.d(); ++j) {
      largest = std::max(largest, std::fabs(reference.get(i, j)));
      error = std::max(error, std::fabs(z.get(i, j) - reference.get(i, j)));
    }
  const double unit = std::numeric_limits<double>::epsilon() * largest;
  CHECK(error <= 2 * static_cast<double>((z.d() + 8) * (steps + 1)) * unit);
}

}  // namespace

TEST_CASE("every instruction set takes the same steps, to the bit", "[factor]") {
  const std::size_t d = GENERATE(1, 2, 7, 8, 15, 20, 23, 24, 40);
  const std::size_t rows = GENERATE_COPY(std::size_t{1}, d + 1, d + 9);
  const Setting setting(d, rows, 41, d);
  std::vector<double> c, expected_c;
  Matrix expected = setting.factor(), expected_passenger = setting.passenger();
  REQUIRE(setting.run(factor_kernel(Isa::portable), expected, &expected_passenger, expected_c) == 41);
  for (const Isa isa : numeric::available_isas()) {
    INFO(to_string(isa) << ", d = " << d << ", rows = " << rows);
    Matrix factor = setting.factor(), passenger = setting.passenger();
    REQUIRE(setting.run(factor_kernel(isa), factor, &passenger, c) == 41);
    CHECK(factor.numbers() == expected.numbers());
    CHECK(passenger.numbers() == expected_passenger.numbers());
    CHECK(c == expected_c);
    Matrix alone = setting.factor();  // the passenger changes nothing, nor does the table of overlaps
    setting.run(factor_kernel(isa), alone, nullptr, {41}, false, c);
    CHECK(alone.numbers() == expected.numbers());
  }
}

TEST_CASE("a trajectory does not depend on where it is cut", "[factor]") {
  const std::size_t d = GENERATE(1, 8, 20, 33);
  const std::uint64_t first = GENERATE(0u, 7u);
  const bool table = GENERATE(true, false);
  Setting setting(d, d + 1, 60, 100 + d);
  setting.first = first;
  const FactorKernel kernel = factor_kernel(numeric::active_isa());
  Matrix whole = setting.factor(), whole_passenger = setting.passenger();
  std::vector<double> c, cut_c;
  setting.run(kernel, whole, &whole_passenger, {60}, table, c);
  for (std::uint64_t trial = 0; trial < 40; ++trial) {
    // A cut after each step with probability 1/4, 1/2, ...: long and short segments, down to one step each.
    std::vector<std::size_t> cuts;
    for (std::size_t t = 1; t < 60; ++t)
      if (trial == 0 || philox({trial, 0}, numeric::Purpose::chain, t, 0)[0] % 16 < trial % 16)
        cuts.push_back(t);
    cuts.push_back(60);
    Matrix factor = setting.factor(), passenger = setting.passenger();
    REQUIRE(setting.run(kernel, factor, &passenger, cuts, table, cut_c) == 60);
    CHECK(factor.numbers() == whole.numbers());
    CHECK(passenger.numbers() == whole_passenger.numbers());
    CHECK(cut_c == c);
  }
}

TEST_CASE("the steps are those of the definition", "[factor]") {
  const std::size_t d = GENERATE(1, 3, 16, 20, 50);
  const std::size_t rows = GENERATE_COPY(std::size_t{2}, d + 1);
  const std::size_t steps = GENERATE(1, 2, 3, 150);
  const Setting setting(d, rows, steps, 7 * d);
  Rows<double> plain = setting.factor().z, plain_passenger = Rows<double>::identity(d);
  REQUIRE(plain_steps(setting, plain, &plain_passenger) == steps);
  for (const Isa isa : numeric::available_isas()) {
    Matrix factor = setting.factor(), passenger = setting.passenger();
    std::vector<double> c;
    REQUIRE(setting.run(factor_kernel(isa), factor, &passenger, c) == steps);
    INFO(to_string(isa) << ", d = " << d << ", rows = " << rows << ", steps = " << steps);
    check_close(factor.z, plain, steps);
    check_close(passenger.z, plain_passenger, steps);
  }
}

TEST_CASE("a residual out of bounds stops before its step", "[factor]") {
  const std::uint64_t first = GENERATE(0u, 1u);
  const std::size_t bad = GENERATE(0, 1, 2, 3, 4, 5, 10, 11);
  const double label = GENERATE(1e6, std::numeric_limits<double>::infinity(), std::nan(""));
  Setting setting(20, 21, 12, 3);
  setting.first = first;
  Setting shorter = setting;
  shorter.steps = bad;
  setting.y[bad] = label;
  for (const Isa isa : numeric::available_isas()) {
    Matrix factor = setting.factor(), passenger = setting.passenger();
    Matrix expected = setting.factor(), expected_passenger = setting.passenger();
    std::vector<double> c;
    INFO(to_string(isa) << ", first = " << first << ", bad = " << bad << ", label = " << label);
    CHECK(setting.run(factor_kernel(isa), factor, &passenger, c) == bad);
    CHECK(shorter.run(factor_kernel(isa), expected, &expected_passenger, c) == bad);
    CHECK(factor.numbers() == expected.numbers());
    CHECK(passenger.numbers() == expected_passenger.numbers());
  }
}

}  // namespace escapement::reduction

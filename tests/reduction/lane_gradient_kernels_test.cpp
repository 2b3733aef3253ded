// Steps over lanes along gradients against the model's own functions on one replica, on every instruction set that this
// processor has.
#include "escapement/reduction/lane_gradient_kernels.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/model/right_step.h"
#include "escapement/numeric/random.h"

namespace escapement::reduction {
namespace {

using numeric::Isa;
using numeric::Rows;
using numeric::Symmetric;
using numeric::Vector;

struct Case {
  std::size_t d, rows, batch;  // batch 0: full
  bool sharp, passenger;
  std::size_t steps = 6;
  double step_size = 0.05, limit = 1e100;
};

// One replica and what drives it; steps are taken as GradientOracle, SharpnessAware and WidthFreeState take them.
struct Replica {
  const Case& c;
  std::vector<Vector<double>> inputs;
  std::vector<const double*> x;
  std::vector<double> y, noise;
  Vector<double> mean_noise, theta_star, theta;
  Symmetric<double> covariance;
  Rows<double> factor, passenger;
  model::RowScratch<double> factor_scratch, passenger_scratch;

  Replica(const Case& c_, std::uint32_t number)
      : c(c_),
        mean_noise(c.d),
        theta_star(c.d),
        theta(c.d),
        covariance(c.d),
        factor(c.rows, c.d),
        passenger(Rows<double>::identity(c.d)) {
    std::vector<double> row(c.d + 1);
    const numeric::Stream stream{12, number};
    const auto draw = [&](numeric::Purpose purpose, std::size_t k) {
      gaussian_row(stream, purpose, k, 0, c.d + 1, row.data());
    };
    for (std::size_t i = 0; i < c.rows; ++i) {
      draw(numeric::Purpose::start, i);
      for (std::size_t j = 0; j <= c.d; ++j) factor.set(i, j, 0.3 * row[j]);
    }
    for (std::size_t k = 0; k < c.steps * c.batch; ++k) {
      draw(numeric::Purpose::inputs, k);
      inputs.emplace_back(c.d);
      for (std::size_t j = 0; j < c.d; ++j) inputs[k].set(j, row[j]);
      y.push_back(row[c.d]);
      noise.push_back(k % 3 == number % 3 ? 0.25 : -0.25);
    }
    for (const Vector<double>& input : inputs) x.push_back(input.data());
    for (std::size_t i = 0; i < c.d; ++i) {
      draw(numeric::Purpose::fresh_input, i);
      mean_noise.set(i, 0.1 * row[c.d]);
      theta_star.set(i, row[0]);
      for (std::size_t j = 0; j <= i; ++j) covariance.set(i, j, (i == j ? 1 : 0) + 0.1 * row[j]);
    }
    transposed_times_second(factor, theta);
  }

  void evaluate(std::size_t t, const Vector<double>& at, Vector<double>& out) const {
    out = Vector<double>(c.d);
    if (c.batch == 0) {
      Vector<double> error = at;
      add_scaled(error, -1.0, theta_star);
      multiply(covariance, error, out);
      add_scaled(out, -1.0, mean_noise);
      return;
    }
    for (std::size_t k = t * c.batch; k < (t + 1) * c.batch; ++k)
      add_scaled(out, dot(at, inputs[k]) - y[k] - noise[k], inputs[k]);
    if (c.batch > 1) scale(out, 1 / static_cast<double>(c.batch));
  }

  // Whether the step was taken.
  bool step(std::size_t t, double rho) {
    Vector<double> v(c.d), q(c.d), perturbed(c.d);
    model::RightStep<double> step;
    step.q = &q;
    step.c = c.step_size;
    evaluate(t, theta, q);
    if (c.sharp) {
      v = q;
      const double squared = model::gradient_squared(factor, v);
      if (!(squared > 0)) return false;
      step.v = &v;
      step.kappa = rho / std::sqrt(squared);
      model::perturbed_theta(factor, v, step.kappa, perturbed);
      evaluate(t, perturbed, q);
    }
    if (!(dot(q, q) <= c.limit)) return false;
    model::right_multiply(factor, step, factor_scratch);
    model::right_multiply(passenger, step, passenger_scratch);
    transposed_times_second(factor, theta);
    return true;
  }
};

constexpr double kRho = 0.1;

// Steps that the lanes took, those that all replicas can take, and how many numbers differ.
struct Comparison {
  std::size_t taken, possible, differences;
};

Comparison compare(const Case& c, Isa isa) {
  const std::size_t width = lane_method(isa).width;
  std::vector<Replica> replicas;
  for (std::uint32_t r = 0; r < width; ++r) replicas.emplace_back(c, r);
  const auto lanes = [&](std::size_t rows, std::size_t columns, const auto& entry) {
    Vector<double> out(rows * columns * width);
    for (std::size_t r = 0; r < width; ++r)
      for (std::size_t j = 0; j < columns; ++j)
        for (std::size_t i = 0; i < rows; ++i) out.set((j * rows + i) * width + r, entry(replicas[r], i, j));
    return out;
  };
  const std::size_t passenger_rows = c.passenger ? c.d + 1 : 0;
  const auto factor_entry = [](const Replica& r, std::size_t i, std::size_t j) { return r.factor.get(i, j); };
  const auto passenger_entry = [](const Replica& r, std::size_t i, std::size_t j) {
    return r.passenger.get(i, j);
  };
  const auto theta_entry = [](const Replica& r, std::size_t, std::size_t j) { return r.theta.get(j); };
  Vector<double> factor = lanes(c.rows, c.d + 1, factor_entry);
  Vector<double> passenger = lanes(passenger_rows, c.d + 1, passenger_entry);
  Vector<double> theta = lanes(1, c.d, theta_entry);
  const Vector<double> covariance =
      lanes(c.d, c.d, [](const Replica& r, std::size_t i, std::size_t j) { return r.covariance.get(i, j); });
  const Vector<double> theta_star =
      lanes(1, c.d, [](const Replica& r, std::size_t, std::size_t j) { return r.theta_star.get(j); });
  Vector<double> factor_scratch(kGradientColumns * c.rows * width);
  Vector<double> passenger_scratch(kGradientColumns * passenger_rows * width);
  Vector<double> scratch(
      lane_gradient_scratch(numeric::padded(c.d), std::max<std::size_t>(c.batch, 1), width));
  LaneGradientSteps k{};
  k.factor = {factor.data(), factor_scratch.data(), c.rows};
  k.passenger = {passenger.data(), passenger_scratch.data(), passenger_rows};
  k.theta = theta.data();
  k.steps = c.steps;
  k.d = c.d;
  k.batch = c.batch;
  for (std::size_t r = 0; r < width; ++r) {
    k.x[r] = replicas[r].x.data();
    k.y[r] = replicas[r].y.data();
    k.noise[r] = replicas[r].noise.data();
    k.mean_noise[r] = replicas[r].mean_noise.data();
  }
  k.covariance = c.batch == 0 ? covariance.data() : nullptr;
  k.theta_star = theta_star.data();
  k.scratch = scratch.data();
  k.step_size = c.step_size;
  k.rho = kRho;
  k.limit = c.limit;
  k.sharp = c.sharp;
  Comparison result{lane_gradient_kernel(isa)(k), 0, 0};
  for (std::size_t t = 0; t < result.taken; ++t)
    for (Replica& r : replicas) REQUIRE(r.step(t, kRho));
  const auto differ = [&](const Vector<double>& a, const Vector<double>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) result.differences += a.get(i) == b.get(i) ? 0u : 1u;
  };
  differ(factor, lanes(c.rows, c.d + 1, factor_entry));
  differ(passenger, lanes(passenger_rows, c.d + 1, passenger_entry));
  differ(theta, lanes(1, c.d, theta_entry));
  bool all = result.taken < c.steps;
  for (Replica& r : replicas) all = all && r.step(result.taken, kRho);
  result.possible = result.taken + (all ? 1 : 0);
  return result;
}

}  // namespace

TEST_CASE("a lane that follows a gradient has the bits of the replica alone, whatever the instruction set") {
  for (const Isa isa : numeric::available_isas())
    for (const std::size_t d : {1u, 2u, 3u, 7u, 8u, 9u, 20u})
      for (const std::size_t rows : {std::size_t{1}, d, d + 1})
        for (const std::size_t batch : {0u, 1u, 2u, 5u})
          for (const bool sharp : {false, true}) {
            const Case c{d, rows, batch, sharp, rows != 1};
            INFO(numeric::to_string(isa)
                 << " d " << d << " rows " << rows << " batch " << batch << " SAM " << sharp);
            const Comparison found = compare(c, isa);
            CHECK(found.taken == c.steps);
            CHECK(found.differences == 0);
          }
}

TEST_CASE("all lanes stop before the first gradient that any may not follow") {
  for (const Isa isa : numeric::available_isas()) {
    std::size_t stops = 0;
    for (double limit = 1; limit < 1e12; limit *= 7)
      for (const std::size_t batch : {0u, 3u})
        for (const bool sharp : {false, true}) {
          const Case c{5, 6, batch, sharp, true, 40, 1, limit};  // grows without bound
          const Comparison found = compare(c, isa);
          INFO(numeric::to_string(isa) << " limit " << limit << " taken " << found.taken);
          CHECK(found.differences == 0);
          CHECK(found.possible == found.taken);
          stops += found.taken > 0 && found.taken < c.steps ? 1 : 0;
        }
    CHECK(stops >= 10);  // else the limits test nothing
  }
}

}  // namespace escapement::reduction

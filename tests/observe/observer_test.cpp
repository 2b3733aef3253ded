// Every column of a record against a plain computation from the neurons themselves.
#include "escapement/observe/observer.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"
#include "escapement/engine/simulation.h"

using namespace escapement;
using observe::Column;

namespace {

struct Plain {
  std::vector<std::vector<double>> w;
  std::vector<double> a;
};

Plain neurons(const model::State<double>& state) {
  numeric::Rows<double> z(static_cast<std::size_t>(state.width()), state.d());
  state.neurons(0, z);
  Plain p;
  for (std::size_t i = 0; i < z.rows(); ++i) {
    p.w.emplace_back();
    for (std::size_t j = 0; j < z.d(); ++j) p.w.back().push_back(z.get(i, j));
    p.a.push_back(z.get(i, z.d()));
  }
  return p;
}

double dot(const std::vector<double>& x, const std::vector<double>& y) {
  double s = 0;
  for (std::size_t j = 0; j < x.size(); ++j) s += x[j] * y[j];
  return s;
}

config::Config configuration(std::vector<std::string> sets) {
  config::Request request;
  for (const char* set : {"d=4", "m=37", "n=9", "eta=1/64", "watch=5", "seed=3"}) request.sets.push_back(set);
  request.sets.insert(request.sets.end(), sets.begin(), sets.end());
  return config::load(request);
}

}  // namespace

TEST_CASE("a record holds what its columns say, in both states") {
  for (const char* state : {"state=direct", "state=width-free"}) {
    const config::Config before = configuration({"steps=30", "record=at:[30]", "sigma=1/2", state});
    const config::Config after = configuration({"steps=31", "record=at:[30,31]", "sigma=1/2", state});
    const model::Instance one = model::make_instance(before, 0), two = model::make_instance(after, 0);
    const model::Instance zero = model::make_instance(configuration({"steps=0", state}), 0);
    engine::Simulation<double> at_start(zero, {true});
    engine::Simulation<double> now(one, {true}), next(two, {true});
    observe::Trajectory ignored, trajectory;
    now.run(ignored, {});
    next.run(trajectory, {});
    const observe::Record& record = trajectory.records.at(0);
    const Plain start = neurons(at_start.state()), z = neurons(now.state()), z1 = neurons(next.state());
    const model::Problem<double> problem(one);
    std::vector<double> target, theta(4, 0.0);
    for (std::size_t j = 0; j < 4; ++j) target.push_back(problem.theta_star.get(j));
    const double target_norm = std::sqrt(dot(target, target)), eta = 1.0 / 64;
    std::vector<double> norms, cosines;
    double alignment = 0, absolute = 0, cosine = 0, abs_cosine = 0, delta = 0, move = 0, escaped = 0,
           positive = 0, below = 0, frobenius = 0;
    for (std::size_t i = 0; i < z.w.size(); ++i) {
      for (std::size_t j = 0; j < 4; ++j) theta[j] += z.a[i] * z.w[i][j];
      norms.push_back(std::sqrt(dot(z.w[i], z.w[i])));
      frobenius += dot(z.w[i], z.w[i]);
      const double along = dot(z.w[i], target);
      cosines.push_back(along / norms.back() / target_norm);
      alignment += along, absolute += std::fabs(along), cosine += cosines.back(),
          abs_cosine += std::fabs(cosines.back());
      double moved = 0;
      for (std::size_t j = 0; j < 4; ++j) moved += (z.w[i][j] - start.w[i][j]) * (z.w[i][j] - start.w[i][j]);
      escaped += moved > 1.0 / 37 ? 1 : 0;
      // the definition: the change of |w|^2 - a^2 over eta^2
      const double change =
          (dot(z1.w[i], z1.w[i]) - z1.a[i] * z1.a[i] - dot(z.w[i], z.w[i]) + z.a[i] * z.a[i]) / (eta * eta);
      delta += change;
      positive += change > 0 ? 1 : 0;
      below += change <= -1.0 / 64 ? 1 : 0;
      move += std::fabs(z1.a[i] - z.a[i]);
    }
    std::vector<double> sorted = norms, cosine_sorted = cosines;
    std::sort(sorted.begin(), sorted.end());
    std::sort(cosine_sorted.begin(), cosine_sorted.end());
    double train = 0, test = 0;
    for (std::size_t k = 0; k < 9; ++k) {
      double residual = -problem.y[k];
      for (std::size_t j = 0; j < 4; ++j) residual += theta[j] * problem.x[k].get(j);
      train += residual * residual / 18;
    }
    for (std::size_t j = 0; j < 4; ++j) test += (theta[j] - target[j]) * (theta[j] - target[j]) / 2;
    const auto close = [&](Column column, double expected, double tolerance = 1e-12) {
      INFO(state << " " << observe::column_names()[static_cast<std::size_t>(column)]);
      REQUIRE(record.values[static_cast<std::size_t>(column)]);
      CHECK(record.values[static_cast<std::size_t>(column)]->mid_double() ==
            Approx(expected).epsilon(tolerance).margin(1e-13));
    };
    close(Column::tau, eta * eta * 0.25 * 30 / 2);
    close(Column::train_loss, train);
    close(Column::test_loss, test);
    close(Column::theta_norm, std::sqrt(dot(theta, theta)));
    close(Column::theta_distance, std::sqrt(2 * test));
    close(Column::frobenius_W, std::sqrt(frobenius));
    close(Column::norm_a, std::sqrt(dot(z.a, z.a)));
    double mean = 0;
    for (const double norm : norms) mean += norm / 37;
    close(Column::mean_norm, mean);
    close(Column::min_norm, sorted.front());
    close(Column::max_norm, sorted.back());
    close(Column::norm_q10, sorted[3]);   // rank ceil(3.7) = 4
    close(Column::norm_q50, sorted[18]);  // rank ceil(18.5) = 19
    close(Column::norm_q90, sorted[33]);  // rank ceil(33.3) = 34
    close(Column::mean_alignment, alignment / 37);
    close(Column::mean_abs_alignment, absolute / 37);
    close(Column::mean_cosine, cosine / 37);
    close(Column::cosine_q10, cosine_sorted[3]);
    close(Column::cosine_q50, cosine_sorted[18]);
    close(Column::cosine_q90, cosine_sorted[33]);
    close(Column::mean_abs_cosine, abs_cosine / 37);
    close(Column::escaped_share, escaped / 37);
    close(Column::delta_mean, delta / 37, 1e-8);  // the plain difference cancels
    close(Column::delta_share_positive, positive / 37);
    close(Column::delta_share_below, below / 37);
    close(Column::second_layer_move, move / 37, 1e-9);
  }
}

TEST_CASE("first exits are the first steps at which the distance passes 1/sqrt(m)") {
  const std::uint64_t steps = 200;
  const model::Instance instance =
      model::make_instance(configuration({"steps=200", "record=none", "sigma=2"}), 0);
  engine::Simulation<double> simulation(instance, {true});
  observe::Trajectory trajectory;
  simulation.run(trajectory, {});
  REQUIRE(trajectory.exits.size() == 5);
  std::vector<std::optional<std::uint64_t>> expected(5);
  Plain start;
  for (std::uint64_t t = 0; t <= steps; ++t) {
    const model::Instance until = model::make_instance(
        configuration({"steps=" + std::to_string(t), "record=none", "state=direct", "sigma=2"}), 0);
    engine::Simulation<double> direct(until, {true});
    observe::Trajectory ignored;
    direct.run(ignored, {});
    const Plain z = neurons(direct.state());
    if (t == 0) start = z;
    for (std::size_t i = 0; i < 5; ++i) {
      double moved = 0;
      for (std::size_t j = 0; j < 4; ++j) moved += (z.w[i][j] - start.w[i][j]) * (z.w[i][j] - start.w[i][j]);
      if (!expected[i] && moved > 1.0 / 37) expected[i] = t;
    }
  }
  int left = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(trajectory.exits[i].step == expected[i]);
    left += expected[i] ? 1 : 0;
  }
  CHECK(left > 0);
}

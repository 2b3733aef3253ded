#include "escapement/theory/convergence_runs.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/covariance.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr double kMostConvergenceSteps = 2e7;

// The start's neurons, where `copies` equal ones are one row times sqrt(copies): what acts from the right cannot tell
// them apart, so that the run takes two rows, not m.
struct Group {
  Row row;
  double copies = 1;
};

std::vector<Group> start_groups(const model::Instance& instance, const BigInt& m, double radius,
                                bool degenerate) {
  const auto width = static_cast<double>(m);
  if (degenerate) {
    const double growth = 2 / static_cast<double>(instance.config.theta_norm);
    const double u = radius * std::pow(radius * radius, std::ceil(growth) + 2);
    return {{aligned_neuron(instance.theta_star, u, u), width}};
  }
  // The others: aligned, as large as Phase II allows, in the decaying mode.
  return {{aligned_neuron(instance.theta_star, radius, -radius), width - 1},
          {aligned_neuron(instance.theta_star, radius / 2, radius / 2), 1}};
}

}  // namespace

double convergence_seconds(const config::Config& config, const Exact& eta, const PaperConstants& constants) {
  const double step = static_cast<double>(eta), norm = static_cast<double>(config.theta_norm);
  const double steps =
      static_cast<double>(constants.convergence_time) * std::log(1 / step) / (step * norm * norm);
  return 1e-5 + steps * (1e-6 + 2e-9 * static_cast<double>((config.d + 1) * (config.d + 2)));
}

BigInt convergence_samples(const Exact& eta, std::size_t d) {
  return std::max(numeric::ceiling_of(Exact(1 / (eta * eta))), BigInt(d));
}

std::optional<ConvergenceEnd> convergence_at(const config::Config& base, const Exact& eta, bool population,
                                             bool degenerate, const PaperConstants& constants,
                                             Laboratory& laboratory) {
  config::Config config = base;
  config.eta = eta;
  config.m = least_width(eta);
  const double step = static_cast<double>(eta), norm = static_cast<double>(base.theta_norm);
  const double steps =
      std::ceil(static_cast<double>(constants.convergence_time) * std::log(1 / step) / (step * norm * norm));
  if (!(steps <= kMostConvergenceSteps)) return std::nullopt;
  config.steps = static_cast<std::uint64_t>(steps);
  set(config, "n", population ? "population" : std::to_string(config.d));
  model::Instance instance = model::make_instance(config, config.replica);
  if (!population) {
    const BigInt n = convergence_samples(eta, config.d);
    const auto inputs = inputs_of_sample(instance.stream, instance.d, n);
    instance.generated_inputs.clear();
    for (const auto& x : inputs)
      instance.generated_inputs.insert(instance.generated_inputs.end(), x.begin(), x.end());
  }
  const double radius = std::sqrt(step);
  const std::vector<Group> groups = start_groups(instance, config.m, radius, degenerate);
  std::vector<Row> rows;
  for (const Group& group : groups) {
    rows.push_back(group.row);
    for (double& entry : rows.back()) entry *= std::sqrt(group.copies);
  }
  give_start(instance, rows);

  ConvergenceEnd result;
  LookWith look([&](const auto& sight) {
    double squared = 0;
    for (std::size_t j = 0; j < sight.state.d(); ++j) {
      const double e = numeric::to_double(sight.state.theta().get(j)) -
                       numeric::to_double(sight.problem.theta_star.get(j));
      squared += e * e;
    }
    result.distance = std::sqrt(squared);
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    numeric::Rows<T> z(groups.size(), sight.state.d());
    sight.state.neurons(0, z);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      double along = 0, length = 0;
      for (std::size_t j = 0; j < z.d(); ++j) {
        const double w = numeric::to_double(z.get(i, j));
        along += w * numeric::to_double(sight.problem.theta_star.get(j)) / norm;
        length += w * w;
      }
      if (groups[i].copies < 1 || length < step * groups[i].copies) continue;
      ++result.long_ones;
      // |w|^2 - <w, e>^2 without cancellation is what 1 - |cos| needs where it is small.
      double across = 0;
      for (std::size_t j = 0; j < z.d(); ++j) {
        const double off = numeric::to_double(z.get(i, j)) -
                           along * numeric::to_double(sight.problem.theta_star.get(j)) / norm;
        across += off * off;
      }
      const double cosine = std::fabs(along) / std::sqrt(length);
      result.deficit = std::max(result.deficit, across / length / (1 + cosine));
    }
  });
  const RunEnd end = laboratory.run(instance, {config.steps}, look);
  if (end.outcome != observe::Outcome::completed) return std::nullopt;
  return result;
}

}  // namespace escapement::theory

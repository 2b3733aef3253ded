// Condition 1's parameters read off an instance.
#include <algorithm>

#include "escapement/theory/condition.h"

namespace escapement::theory {

namespace {

Exact squared_norm(const std::vector<Exact>& v) {
  Exact sum = 0;
  for (const Exact& x : v) sum += x * x;
  return sum;
}

// Exact sums only for the rows that rounding leaves in doubt: the double sum of d squares is off by less than
// (d + 1) 2^-53 of itself, far below one part in 10^9.
Exact largest_generated(const std::vector<double>& rows, std::size_t n, std::size_t d) {
  const auto rounded = [&](std::size_t k) {
    double sum = 0;
    for (std::size_t j = 0; j < d; ++j) sum += rows[k * d + j] * rows[k * d + j];
    return sum;
  };
  double most = 0;
  for (std::size_t k = 0; k < n; ++k) most = std::max(most, rounded(k));
  Exact largest = 0;
  for (std::size_t k = 0; k < n; ++k) {
    if (rounded(k) < most * (1 - 1e-9)) continue;
    Exact sum = 0;
    for (std::size_t j = 0; j < d; ++j) sum += Exact(rows[k * d + j]) * Exact(rows[k * d + j]);
    largest = std::max(largest, sum);
  }
  return largest;
}

}  // namespace

Exact largest_squared_norm(const std::vector<std::vector<Exact>>& rows) {
  Exact largest = 0;
  for (const std::vector<Exact>& row : rows) largest = std::max(largest, squared_norm(row));
  return largest;
}

std::optional<Exact> max_input_squared(const model::Instance& instance) {
  if (!instance.given_inputs.empty()) return largest_squared_norm(instance.given_inputs);
  if (instance.n == 0) return std::nullopt;
  return largest_generated(instance.generated_inputs, instance.n, instance.d);
}

ConditionPoint condition_point(const model::Instance& instance) {
  const config::Config& config = instance.config;
  ConditionPoint point;
  point.d = instance.d;
  point.sigma = config.sigma;
  point.eta = config.loss == config::Loss::square ? Exact(2 * config.eta) : config.eta;
  point.m = instance.m;
  point.inputs = config.population == config::Population::fresh      ? Inputs::fresh
                 : config.population == config::Population::gaussian ? Inputs::population
                                                                     : Inputs::sample;
  if (point.inputs == Inputs::sample) point.n = instance.n;
  point.theta_squared = instance.file.empty() ? Exact(config.theta_norm * config.theta_norm)
                                              : squared_norm(instance.theta_star);
  point.max_input_squared = max_input_squared(instance);
  return point;
}

}  // namespace escapement::theory

#include "escapement/theory/diminishing_runs.h"

#include <algorithm>

#include "escapement/numeric/ball_functions.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr int kDoublings = 18;

DiminishingReplica run_replica(const config::Config& config, std::uint32_t replica,
                               const PaperConstants& constants, Laboratory& laboratory) {
  const model::Instance instance = model::make_instance(config, config.replica + replica);
  DiminishingBounds bounds;
  bounds.sign = sign_bound(config.d, config.m, constants).mid_double();
  bounds.size = static_cast<double>(constants.size_probability);
  const Exact unit = config.sigma / constants.size_divisor;
  bounds.threshold = unit * unit;
  bounds.lazy_radius_squared = constants.lazy_radius * constants.lazy_radius / Exact(config.m);
  DiminishingReplica result;
  bool left = false;
  LookWith look(
      [&](const auto& sight) {
        const DiminishingShares s = diminishing_shares(sight, bounds);
        left = !s.lazy;
        if (left) return;
        ++result.states;
        result.last_lazy = sight.step;
        result.most_positive = std::max(result.most_positive, s.most_positive);
        result.mean_positive = std::max(result.mean_positive, s.mean_positive);
        result.least_sized = std::min(result.least_sized, s.least_sized);
        result.mean_sized = std::min(result.mean_sized, s.mean_sized);
        result.largest = std::max(result.largest, s.largest_delta);
        result.mean_largest = std::max(result.mean_largest, s.mean_largest);
        result.sign_broken = result.sign_broken || s.beyond_sign > 0;
        result.size_broken = result.size_broken || s.beyond_size > 0;
      },
      &left);
  std::vector<std::uint64_t> steps{0};
  for (int i = 0; i < kDoublings; ++i) steps.push_back(std::uint64_t{1} << i);
  laboratory.run(instance, steps, look);
  return result;
}

}  // namespace

Ball sign_bound(std::size_t d, const BigInt& m, const PaperConstants& constants) {
  const Ball rho = Ball::from(constants.sign_factor) * sqrt(Ball(static_cast<int>(d)) / numeric::pi());
  return rho * numeric::pow(Ball::from(Exact(m)), Exact(-1, 8));
}

std::vector<DiminishingReplica> diminishing_replicas(config::Config config, const BigInt& m,
                                                     std::uint32_t count, const PaperConstants& constants,
                                                     Laboratory& laboratory) {
  config.m = m;
  config.steps = std::uint64_t{1} << kDoublings;
  std::vector<DiminishingReplica> result(count);
  laboratory.for_each(count,
                      [&](std::uint32_t r) { result[r] = run_replica(config, r, constants, laboratory); });
  return result;
}

}  // namespace escapement::theory

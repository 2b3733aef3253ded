#include "escapement/theory/diminishing_runs.h"

#include <algorithm>

#include "escapement/numeric/ball_functions.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr int kDoublings = 18;

DiminishingBounds bounds_of(const config::Config& config, const PaperConstants& constants) {
  DiminishingBounds bounds;
  bounds.sign = sign_bound(config.d, config.m, constants).mid_double();
  bounds.size = static_cast<double>(constants.size_probability);
  const Exact unit = config.sigma / constants.size_divisor;
  bounds.threshold = unit * unit;
  bounds.lazy_radius_squared = constants.lazy_radius * constants.lazy_radius / Exact(config.m);
  return bounds;
}

void add(DiminishingReplica& result, const DiminishingShares& s, std::uint64_t step) {
  ++result.states;
  result.last_lazy = step;
  result.most_positive = std::max(result.most_positive, s.most_positive);
  result.mean_positive = std::max(result.mean_positive, s.mean_positive);
  result.least_sized = std::min(result.least_sized, s.least_sized);
  result.mean_sized = std::min(result.mean_sized, s.mean_sized);
  result.largest = std::max(result.largest, s.largest_delta);
  result.mean_largest = std::max(result.mean_largest, s.mean_largest);
  result.sign_broken = result.sign_broken || s.beyond_sign > 0;
  result.size_broken = result.size_broken || s.beyond_size > 0;
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
  std::vector<std::uint64_t> steps{0};
  for (int i = 0; i < kDoublings; ++i) steps.push_back(std::uint64_t{1} << i);
  const DiminishingBounds bounds = bounds_of(config, constants);
  std::vector<DiminishingReplica> result(count);
  const auto left = std::make_unique<bool[]>(count);
  laboratory.run_replicas(config, count, steps, [&](std::uint32_t r) {
    return look_with(
        [&replica = result[r], &gone = left[r], &bounds](const auto& sight) {
          const DiminishingShares s = diminishing_shares(sight, bounds);
          gone = !s.lazy;
          if (s.lazy) add(replica, s, sight.step);
        },
        &left[r]);
  });
  return result;
}

}  // namespace escapement::theory

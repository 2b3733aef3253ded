#include "escapement/theory/diminishing_runs.h"

#include <algorithm>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/replica_text.h"

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

std::vector<std::string> diminishing_texts(config::Config config, const std::string& m, std::uint32_t first,
                                           std::uint32_t count, const PaperConstants& constants,
                                           Laboratory& laboratory) {
  config.m = BigInt(m);
  config.replica += first;
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
  std::vector<std::string> texts;
  for (const DiminishingReplica& r : result) {
    ReplicaWriter text;
    text.add(r.most_positive).add(r.mean_positive).add(r.least_sized).add(r.mean_sized).add(r.largest);
    text.add(r.mean_largest).add(r.sign_broken).add(r.size_broken).add(r.states).add(r.last_lazy);
    texts.push_back(text.text());
  }
  return texts;
}

std::vector<DiminishingReplica> diminishing_replicas(const config::Config& config, const BigInt& m,
                                                     std::uint32_t count, const PaperConstants& constants,
                                                     Laboratory& laboratory) {
  const std::string what = m.str();
  const auto texts = laboratory.collect(what, count, [&](std::uint32_t first, std::uint32_t some) {
    return diminishing_texts(config, what, first, some, constants, laboratory);
  });
  std::vector<DiminishingReplica> result;
  for (const std::string& text : texts) {
    DiminishingReplica& r = result.emplace_back();
    ReplicaReader in(text);
    in.read(r.most_positive).read(r.mean_positive).read(r.least_sized).read(r.mean_sized).read(r.largest);
    in.read(r.mean_largest).read(r.sign_broken).read(r.size_broken).read(r.states).read(r.last_lazy);
  }
  return result;
}

}  // namespace escapement::theory

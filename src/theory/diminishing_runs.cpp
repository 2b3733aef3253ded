#include "escapement/theory/diminishing_runs.h"

#include <algorithm>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/escape_runs.h"
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

// The last step that is evaluated: the claim's, floor(T1), or 2^18 where that is less and the claim's is not reached.
struct Horizon {
  std::uint64_t last = 0;
  bool whole = false;
};

Horizon horizon_of(const config::Config& config, const PaperConstants& constants) {
  const Ball time = escape_time_of(config, constants);
  const std::uint64_t most = std::uint64_t{1} << kDoublings;
  if (!time.is_finite() || less(time, Ball::from(Exact(BigInt(most)))) != Truth::yes) return {most, false};
  const BigInt after =
      numeric::ceiling(time).value_or(BigInt(1));  // T1 is irrational but for m = 1, where it is 0
  return {after > 0 ? static_cast<std::uint64_t>(after - 1) : 0, true};
}

std::vector<std::uint64_t> steps_up_to(std::uint64_t last, std::uint64_t every) {
  std::vector<std::uint64_t> steps{0};
  while (steps.back() < last) {
    const std::uint64_t now = steps.back(), doubled = std::max<std::uint64_t>(1, 2 * now);
    steps.push_back(std::min(steps.size() < every ? now + 1 : doubled, last));
  }
  return steps;
}

}  // namespace

Ball sign_bound(std::size_t d, const BigInt& m, const PaperConstants& constants) {
  const Ball rho = Ball::from(constants.sign_factor) * sqrt(Ball(static_cast<int>(d)) / numeric::pi());
  return rho * numeric::pow(Ball::from(Exact(m)), Exact(-1, 8));
}

std::string DiminishingPlan::name() const { return m.str() + ":" + std::to_string(every); }

std::vector<std::string> diminishing_texts(config::Config config, const std::string& name,
                                           std::uint32_t first, std::uint32_t count,
                                           const PaperConstants& constants, Laboratory& laboratory) {
  const std::size_t colon = name.find(':');
  config.m = BigInt(name.substr(0, colon));
  const Horizon horizon = horizon_of(config, constants);
  const std::vector<std::uint64_t> steps = steps_up_to(horizon.last, std::stoull(name.substr(colon + 1)));
  config.replica += first;
  config.steps = steps.back();
  const DiminishingBounds bounds = bounds_of(config, constants);
  std::vector<DiminishingReplica> result(count);
  const auto left = std::make_unique<bool[]>(count);
  laboratory.run_replicas(config, count, steps, [&](std::uint32_t r) {
    return look_with(
        [&replica = result[r], &gone = left[r], &bounds, &horizon](const auto& sight) {
          const DiminishingShares s = diminishing_shares(sight, bounds);
          gone = !s.lazy;
          const bool in_turn = sight.step <= replica.states;  // no step between was left out
          if (s.lazy) add(replica, s, sight.step);
          replica.complete = in_turn && (gone || (horizon.whole && sight.step == horizon.last));
        },
        &left[r]);
  });
  std::vector<std::string> texts;
  for (const DiminishingReplica& r : result) {
    ReplicaWriter text;
    text.add(r.most_positive).add(r.mean_positive).add(r.least_sized).add(r.mean_sized).add(r.largest);
    text.add(r.mean_largest).add(r.sign_broken).add(r.size_broken).add(r.states).add(r.last_lazy);
    texts.push_back(text.add(r.complete).text());
  }
  return texts;
}

DiminishingReplica diminishing_replica_of(const std::string& text) {
  DiminishingReplica r;
  ReplicaReader in(text);
  in.read(r.most_positive).read(r.mean_positive).read(r.least_sized).read(r.mean_sized).read(r.largest);
  in.read(r.mean_largest).read(r.sign_broken).read(r.size_broken).read(r.states).read(r.last_lazy);
  in.read(r.complete);
  return r;
}

std::vector<DiminishingReplica> diminishing_replicas(const config::Config& config,
                                                     const DiminishingPlan& plan, std::uint32_t count,
                                                     const PaperConstants& constants,
                                                     Laboratory& laboratory) {
  const std::string name = plan.name();
  std::vector<DiminishingReplica> result;
  for (const std::string& text :
       laboratory.collect(name, count, [&](std::uint32_t first, std::uint32_t some) {
         return diminishing_texts(config, name, first, some, constants, laboratory);
       }))
    result.push_back(diminishing_replica_of(text));
  return result;
}

}  // namespace escapement::theory

// The next step of label-noise SGD given the state, over the 2 n equally likely (xi, eps): which share of them has
// DeltaW_i = -g^2 (<x, w_i>^2 - a_i^2 |x|^2) <= 0 is a matter of counting the samples with |<x, w_i>| >= |a_i| |x|. The engine's
// columns, its next state and the frequencies that it draws must agree with the count.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "alike.h"
#include "counting.h"

namespace escapement::test {

namespace {

using numeric::Truth;
using observe::Column;

struct Seen {
  Ball positive, below, mean;  // of the recorded DeltaW
  Numbers imbalance;           // |w_i|^2 - a_i^2 after the step
};
Seen seen_in(const InstanceSpec& spec, const std::string& precision, const std::string& state) {
  const engine::RunResult result =
      run(make_instance(spec, {{"precision", precision}, {"state", state}, {"record", "at:[0]"}}));
  RC_ASSERT(result.trajectory.outcome == observe::Outcome::completed);
  const auto value = [&](Column column) {
    return *result.trajectory.records.at(0).values.at(static_cast<std::size_t>(column));
  };
  Seen seen{
      value(Column::delta_share_positive), value(Column::delta_share_below), value(Column::delta_mean), {}};
  for (const Numbers& row : result.final.neurons) {
    Ball imbalance = -(row.back() * row.back());
    for (std::size_t j = 0; j < spec.d; ++j) imbalance += row[j] * row[j];
    seen.imbalance.push_back(imbalance);
  }
  return seen;
}

// The state of a drawn instance, about to take a step with one sample and two-point noise.
InstanceSpec drawn_state() {
  InstanceSpec spec = *instance_specs();
  spec.algorithm = "label-noise-sgd";
  spec.batch = 1;
  spec.steps = 1;
  spec.schedule = "on";
  spec.noise.clear();
  spec.samples = {0};
  spec.signs = {1};
  return spec;
}

// Sums over the 2 n cases of a step.
struct Shares {
  Ball positive, below;
  bool decided = true;  // no comparison was left open
};
Shares shares_in(InstanceSpec spec, const std::string& precision, const std::string& state) {
  Shares sum;
  for (std::uint32_t k = 0; k < spec.n; ++k)
    for (const int sign : {1, -1}) {
      spec.samples = {k};
      spec.signs = {sign};
      const Seen seen = seen_in(spec, precision, state);
      sum.positive += seen.positive;
      sum.below += seen.below;
      for (const Ball* share : {&seen.positive, &seen.below})
        if (less(share->radius(), Ball::from(power_of_two(-12))) != Truth::yes) sum.decided = false;
    }
  return sum;
}

}  // namespace

ESCAPEMENT_PROPERTY("Ball: the recorded DeltaW and the next state are those of the case drawn", 0.5, [] {
  InstanceSpec spec = drawn_state();
  const numeric::WorkingPrecision guard(600);
  const std::string precision = fmt::format("certified:{}", *rc::gen::inRange<long>(40, 300));
  const Ball h = Ball::from(spec.loss == "square" ? Exact(2 * spec.eta) : spec.eta),
             m = Ball(static_cast<int>(spec.m));
  for (std::uint32_t k = 0; k < spec.n; ++k)
    for (const int sign : {1, -1}) {
      spec.samples = {k};
      spec.signs = {sign};
      const StepCount count = count_step(spec, k, sign);
      for (const char* state : {"direct", "width-free"}) {
        RC_LOG() << precision << ", " << state << ", sample " << k << ", sign " << sign << "\n";
        const Seen seen = seen_in(spec, precision, state);
        RC_ASSERT(seen.positive.overlaps(Ball(count.positive) / m));
        RC_ASSERT(seen.below.overlaps(Ball(count.below) / m));
        RC_ASSERT(seen.mean.overlaps(Ball::from(count.sum) / m));
        for (std::size_t i = 0; i < spec.m; ++i)
          RC_ASSERT(seen.imbalance[i].overlaps(Ball::from(count.imbalance[i]) +
                                               h * h * Ball::from(count.delta[i])));
      }
    }
});

// Where an enclosure with eight bits less has decided every comparison, rounding has not turned one.
ESCAPEMENT_PROPERTY(
    "the probability of DeltaW <= 0 over (xi, eps) is a count of samples, in every scalar", 0.3, [] {
      const InstanceSpec spec = drawn_state();
      const long bits = *rc::gen::inRange<long>(50, 300);
      const numeric::WorkingPrecision guard(600);
      const Ball m = Ball(static_cast<int>(spec.m)), slack = Ball::from(power_of_two(-30));
      long nonpositive = 0, below = 0;
      for (std::uint32_t k = 0; k < spec.n; ++k) {
        const StepCount up = count_step(spec, k, 1), down = count_step(spec, k, -1);
        below += up.below + down.below;
        // g = 0, for which DeltaW = 0 whatever the neuron, aside: twice the neurons with |<x, w>| >= |a| |x|.
        for (const StepCount* count : {&up, &down})
          nonpositive += count->residual == 0 ? static_cast<long>(spec.m) : wide_neurons(spec, k);
        RC_ASSERT(up.positive + down.positive <= 2 * static_cast<int>(spec.m));
      }
      const long cases = 2 * static_cast<long>(spec.n * spec.m);
      const auto agrees = [&](const Ball& sum, long count) {
        return less_equal(abs(sum * m - Ball(static_cast<int>(count))), slack) == Truth::yes;
      };
      for (const char* state : {"direct", "width-free"})
        for (const long digits : {numeric::kDoubleBits, bits}) {
          const std::string precision = digits == bits ? std::to_string(bits) : "double";
          RC_LOG() << state << ", " << precision << ": " << nonpositive << " of " << cases << "\n";
          const Shares enclosed = shares_in(spec, fmt::format("certified:{}", digits - 8), state);
          RC_ASSERT(less(Ball(static_cast<int>(cases - nonpositive)) / m + slack,
                         enclosed.positive.lower()) != Truth::yes);
          if (!enclosed.decided) continue;
          RC_TAG("decided");
          const Shares rounded = shares_in(spec, precision, state);
          RC_ASSERT(agrees(rounded.positive, cases - nonpositive));
          RC_ASSERT(agrees(rounded.below, below));
        }
    });

}  // namespace escapement::test

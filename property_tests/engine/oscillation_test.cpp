// The oscillation identity with its step size, g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2 / h^2, over one recorded step of
// a run, and the column that records it. As printed the division is missing: at h = 1 alone is that the same.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "by_hand.h"

namespace escapement::test {

namespace {

// A step of a run as the engine records it: followed neurons, all of them, at j and j + 1.
struct RecordedStep {
  Numbers before, after;  // a [m]
  Ball mean_move;
};

std::optional<RecordedStep> recorded(const InstanceSpec& spec, std::uint64_t j, const std::string& precision,
                                     const std::string& state) {
  const engine::RunResult result = run(make_instance(spec, {{"precision", precision},
                                                            {"state", state},
                                                            {"record", fmt::format("at:[{},{}]", j, j + 1)},
                                                            {"watch", std::to_string(spec.m)}}));
  if (result.trajectory.outcome != observe::Outcome::completed) return std::nullopt;
  RecordedStep step;
  for (const observe::NeuronPoint& p : result.trajectory.paths) {
    if (p.step == j) step.before.push_back(p.second_layer);
    if (p.step == j + 1) step.after.push_back(p.second_layer);
  }
  const auto& move =
      result.trajectory.records.at(0).values.at(static_cast<std::size_t>(observe::Column::second_layer_move));
  RC_ASSERT(step.before.size() == spec.m && step.after.size() == spec.m);
  // An enclosure of |w_i|^2 that touches zero has no square root, and then no column of the neurons is written.
  if (!move.has_value()) RC_ASSERT(precision.starts_with("certified"));
  if (!move.has_value()) return std::nullopt;
  step.mean_move = *move;
  return step;
}

struct Drawn {
  InstanceSpec spec;
  std::uint64_t j = 0;
};
Drawn drawn_step() {
  Drawn drawn{*instance_specs()};
  RC_PRE(drawn.spec.algorithm != "sam" && drawn.spec.steps > 0);
  drawn.j = *rc::gen::inRange<std::uint64_t>(0, drawn.spec.steps);
  return drawn;
}

// |<q, w_i>| of step j for every neuron: |g_j <x_j, w_i>| where the step is a single sample's.
Numbers oscillations(const ByHand& walk) {
  const Numbers q = walk.weighted_input(walk.theta());
  Numbers result;
  for (const Numbers& w : walk.first_layer()) result.push_back(abs(inner(q, w)));
  return result;
}

ByHand walked_to(const InstanceSpec& spec, std::uint64_t j) {
  ByHand walk(spec);
  while (walk.steps() < j) walk.step();
  return walk;
}

}  // namespace

ESCAPEMENT_PROPERTY("Ball: a recorded step obeys the oscillation identity with its step size", 0.6, [] {
  const Drawn drawn = drawn_step();
  const long bits = *rc::gen::inRange<long>(40, 300);
  const numeric::WorkingPrecision guard(bits + 300);
  const ByHand walk = walked_to(drawn.spec, drawn.j);
  const Numbers expected = oscillations(walk);
  for (const char* state : {"direct", "width-free"}) {
    const auto step = recorded(drawn.spec, drawn.j, fmt::format("certified:{}", bits), state);
    RC_PRE(step.has_value());
    Ball sum;
    for (std::size_t i = 0; i < drawn.spec.m; ++i) {
      const Ball move = (step->after[i] - step->before[i]) / walk.step_size();
      RC_LOG() << state << ", neuron " << i << ": " << move.mid_string(20) << " beside +-"
               << expected[i].mid_string(20) << "\n";
      RC_ASSERT((move * move).overlaps(expected[i] * expected[i]));
      sum += expected[i];
    }
    RC_ASSERT((sum * walk.step_size() / Ball(static_cast<int>(drawn.spec.m))).overlaps(step->mean_move));
  }
});

// a rounds to `bits` before and after: that much of |a_i| is lost in the difference.
ESCAPEMENT_PROPERTY("double and Mp: a recorded step obeys the oscillation identity with its step size", 0.6,
                    [] {
                      const Drawn drawn = drawn_step();
                      const long drawn_bits = *rc::gen::inRange<long>(40, 300);
                      for (const long bits : {numeric::kDoubleBits, drawn_bits}) {
                        const Ball error = running_error(drawn.spec, bits);
                        RC_PRE(error.is_finite());
                        const numeric::WorkingPrecision guard(bits + 300);
                        const Ball tolerance = error * Ball(32);  // both ends
                        const ByHand walk = walked_to(drawn.spec, drawn.j);
                        const Numbers expected = oscillations(walk);
                        for (const char* state : {"direct", "width-free"}) {
                          const std::string precision = bits == drawn_bits ? std::to_string(bits) : "double";
                          const auto step = recorded(drawn.spec, drawn.j, precision, state);
                          RC_PRE(step.has_value());
                          Ball sum;
                          for (std::size_t i = 0; i < drawn.spec.m; ++i) {
                            const Ball move = abs(step->after[i] - step->before[i]);
                            RC_LOG() << state << ", " << precision << ", neuron " << i << "\n";
                            RC_ASSERT(less_equal(abs(move - walk.step_size() * expected[i]), tolerance) !=
                                      numeric::Truth::no);
                            sum += walk.step_size() * expected[i];
                          }
                          const Ball mean = sum / Ball(static_cast<int>(drawn.spec.m));
                          RC_ASSERT(less_equal(abs(mean - step->mean_move), tolerance) != numeric::Truth::no);
                        }
                      }
                    });

}  // namespace escapement::test

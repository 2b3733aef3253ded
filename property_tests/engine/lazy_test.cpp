// Definition 4.1 read off the recorded numbers: the share of neurons outside their lazy ball at each recorded step, and the
// step of each neuron's first exit, against the neurons as the paper moves them.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "by_hand.h"

namespace escapement::test {

namespace {

using numeric::Truth;

// |w_i(t) - w_i(0)|^2 > 1/m for every neuron, unknown within a relative 2^-20 of the border, where a rounded run may differ.
std::vector<Truth> outside(const ByHand& walk, const Table& start) {
  const auto m = static_cast<int>(start.size());
  const Ball inner_edge = (Ball(1) - Ball::from(power_of_two(-20))) / Ball(m),
             outer_edge = (Ball(1) + Ball::from(power_of_two(-20))) / Ball(m);
  std::vector<Truth> result;
  for (std::size_t i = 0; i < start.size(); ++i) {
    Ball squared;
    for (std::size_t j = 0; j < start[i].size(); ++j) {
      const Ball moved = walk.first_layer()[i][j] - start[i][j];
      squared += moved * moved;
    }
    result.push_back(less(outer_edge, squared) == Truth::yes   ? Truth::yes
                     : less(squared, inner_edge) == Truth::yes ? Truth::no
                                                               : Truth::unknown);
  }
  return result;
}

// A run that leaves its lazy balls: steps eight times as long as elsewhere, and a quarter of them at least.
InstanceSpec moving() {
  InstanceSpec spec = *instance_specs();
  RC_PRE(spec.steps > 0);
  spec.eta *= 8;
  return spec;
}

}  // namespace

ESCAPEMENT_PROPERTY("escapes and first exits are those of Definition 4.1", 0.6, [] {
  const InstanceSpec spec = moving();
  const numeric::WorkingPrecision guard(400);
  ByHand walk(spec);
  const Table start = walk.first_layer();
  std::vector<std::vector<Truth>> history{outside(walk, start)};
  while (walk.steps() < spec.steps) {
    walk.step();
    history.push_back(outside(walk, start));
  }
  const std::string bits = std::to_string(*rc::gen::inRange<long>(100, 200));
  for (const std::string& precision : {std::string("double"), bits, "certified:" + bits})
    for (const char* state : {"direct", "width-free"}) {
      RC_LOG() << precision << ", " << state << "\n";
      const engine::RunResult result = run(make_instance(spec, {{"precision", precision},
                                                                {"state", state},
                                                                {"record", "every:1"},
                                                                {"watch", std::to_string(spec.m)}}));
      RC_PRE(result.trajectory.outcome == observe::Outcome::completed);
      for (const observe::Record& record : result.trajectory.records) {
        const std::vector<Truth>& now = history.at(record.step);
        const long yes = std::count(now.begin(), now.end(), Truth::yes),
                   unknown = std::count(now.begin(), now.end(), Truth::unknown);
        const auto& seen = record.values.at(static_cast<std::size_t>(observe::Column::escaped_share));
        // An enclosure of |w_i|^2 that touches zero has no square root, and then no column of the neurons is written.
        if (!seen.has_value()) RC_ASSERT(precision.starts_with("certified"));
        if (!seen.has_value()) continue;
        const Ball share = *seen;
        const Ball m = Ball(static_cast<int>(spec.m));
        const Ball slack = Ball::from(power_of_two(-40));  // the share's own rounding
        RC_LOG() << "step " << record.step << ": " << yes << " of " << spec.m << " outside, " << unknown
                 << " on the border; share " << share.mid_string(10) << "\n";
        RC_ASSERT(less(share, Ball(static_cast<int>(yes)) / m - slack) != Truth::yes);
        RC_ASSERT(less(Ball(static_cast<int>(yes + unknown)) / m + slack, share) != Truth::yes);
      }
      RC_ASSERT(result.trajectory.exits.size() == spec.m);
      for (const observe::Exit& exit : result.trajectory.exits) {
        const auto at = [&](std::uint64_t t) { return history.at(t).at(exit.neuron); };
        const std::uint64_t end = exit.step.value_or(spec.steps + 1);
        RC_LOG() << "neuron " << exit.neuron << " leaves at " << end << "\n";
        for (std::uint64_t t = 0; t < end; ++t) RC_ASSERT(at(t) != Truth::yes || !exit.certain);
        if (exit.step) RC_ASSERT(at(end) != Truth::no);
      }
    }
});

}  // namespace escapement::test

// Looking changes nothing: whatever is recorded, snapshot or followed, the trajectory has the same bits.
#include <fmt/format.h>

#include "../support/property.h"
#include "arithmetic.h"
#include "ends.h"
#include "exact_text.h"

namespace escapement::test {

namespace {

engine::RunResult run_with(const DrawnRun& run, const Settings& settings, bool neurons) {
  engine::RunOptions options;
  options.watch.neurons_at_end = neurons;
  return engine::run_instance(make_instance(run, settings), options);
}

}  // namespace

ESCAPEMENT_PROPERTY("recording, snapshots and followed neurons do not change a bit", 1.0, [] {
  const DrawnRun run = *drawn_runs(Rules::all, 15'000);
  const Arithmetic arithmetic = *arithmetics();
  const auto settings = [&](const std::string& record, const std::string& snapshots,
                            const std::string& watch) {
    Settings result = settings_of(run, arithmetic);
    result.insert(result.end(), {{"record", record}, {"snapshots", snapshots}, {"watch", watch}});
    return result;
  };
  const std::string record = *schedules(), snapshots = *schedules();
  const std::string watch = std::to_string(*rc::gen::inRange(0, 12));
  const engine::RunResult looked_at = run_with(run, settings(record, snapshots, watch), true);
  const engine::RunResult left_alone = run_with(run, settings("none", "none", "0"), true);
  const engine::RunResult without_neurons = run_with(run, settings("none", "none", "0"), false);

  const auto network = [](const engine::RunResult& r) {
    End end = end_of(r);
    end.network.resize(r.final.theta.size());
    return end.network;
  };
  RC_ASSERT(looked_at.final.steps == left_alone.final.steps);
  ESCAPEMENT_EXPECT_NONE(first_difference(end_of(looked_at).network, end_of(left_alone).network));
  ESCAPEMENT_EXPECT_NONE(first_difference(network(left_alone), network(without_neurons)));
});

ESCAPEMENT_PROPERTY("a step's record does not depend on the other records", 0.5, [] {
  const DrawnRun run = *drawn_runs(Rules::all, 10'000);
  Settings often = settings_of(run, *arithmetics()), seldom = often;
  often.insert(often.end(), {{"record", "every:3"}, {"watch", "3"}});
  seldom.insert(seldom.end(), {{"record", *schedules()}, {"snapshots", *schedules()}, {"watch", "3"}});
  ESCAPEMENT_EXPECT_NONE(first_difference_at_common_steps(run_with(run, often, true).trajectory,
                                                          run_with(run, seldom, true).trajectory, {}));
});

}  // namespace escapement::test

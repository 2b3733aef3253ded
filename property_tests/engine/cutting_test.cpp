// Cutting a run anywhere, writing its exact state down and going on from the text changes nothing; nor does running
// replicas together, on any number of threads.
#include <filesystem>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "escapement/engine/checkpoint.h"
#include "escapement/numeric/precision.h"

#include "../support/property.h"
#include "arithmetic.h"
#include "ends.h"
#include "exact_text.h"

namespace escapement::test {

namespace {

namespace fs = std::filesystem;

// Runs with stops after the steps of `cuts`; every piece is a new Simulation that knows the text of the one before. With a
// directory the pieces go through checkpoint files, else through Simulation::save and load alone.
template <class T>
Lines run_in_pieces(const model::Instance& instance, const std::set<std::uint64_t>& cuts,
                    const fs::path& directory) {
  const numeric::WorkingPrecision precision(instance.config.precision.bits);
  const engine::Watch watch{true};
  observe::Trajectory trajectory;
  std::string text;
  for (auto cut = cuts.begin();; ++cut) {
    engine::Simulation<T> simulation(instance, watch);
    std::optional<engine::Checkpoint> checkpoint;
    if (!directory.empty()) {
      checkpoint.emplace(directory, instance, watch);
      trajectory = {};
      if (cut != cuts.begin()) checkpoint->resume(simulation, trajectory);
    } else if (cut != cuts.begin()) {
      std::istringstream in(text);
      RC_ASSERT(simulation.load(in));
      RC_ASSERT((in >> std::ws).eof());  // and nothing is left over
    }
    const bool last = cut == cuts.end();
    simulation.run(trajectory, [&](std::uint64_t step) { return last || step < *cut; });
    if (last || trajectory.outcome != observe::Outcome::interrupted)
      return exact_text(simulation.final_state(), trajectory);
    RC_ASSERT(simulation.step() == *cut);
    std::ostringstream out;
    simulation.save(out);
    text = out.str();
    if (checkpoint) checkpoint->save(simulation, trajectory);
  }
}

Lines run_in_pieces(const model::Instance& instance, const std::set<std::uint64_t>& cuts,
                    const fs::path& directory) {
  using Kind = config::PrecisionChoice::Kind;
  switch (instance.config.precision.kind) {
    case Kind::binary64: return run_in_pieces<double>(instance, cuts, directory);
    case Kind::multiple: return run_in_pieces<numeric::Mp>(instance, cuts, directory);
    case Kind::certified: break;
  }
  return run_in_pieces<Ball>(instance, cuts, directory);
}

// Up to three steps inside the run, and a configuration that stops there (a schedule's steps end a stretch of steps).
struct Cut {
  std::set<std::uint64_t> steps;
  model::Instance instance;
};
Cut draw_cut(const DrawnRun& run) {
  Settings settings = settings_of(run, *arithmetics());
  const std::uint64_t steps = load(run, {}).steps;
  RC_PRE(steps > 1);
  Cut cut;
  for (const std::uint64_t step :
       *rc::gen::container<std::vector<std::uint64_t>>(3, rc::gen::inRange<std::uint64_t>(1, steps)))
    cut.steps.insert(step);
  settings.insert(settings.end(),
                  {{"record", fmt::format("at:[0,{}]", fmt::join(cut.steps, ","))}, {"watch", "3"}});
  if (*rc::gen::arbitrary<bool>()) settings.emplace_back("snapshots", "every:50");
  cut.instance = make_instance(run, settings);
  return cut;
}

void expect_same(const Lines& x, const Lines& y) {
  ESCAPEMENT_EXPECT_NONE(first_difference(x.final, y.final));
  ESCAPEMENT_EXPECT_NONE(first_difference(x.records, y.records));
}

}  // namespace

ESCAPEMENT_PROPERTY("a run cut anywhere and resumed from text has the same bits", 1.0, [] {
  const Cut cut = draw_cut(*drawn_runs(Rules::all, 15'000));
  expect_same(run_in_pieces(cut.instance, cut.steps, {}), run_in_pieces(cut.instance, {}, {}));
});

// Each checkpoint waits for the disk: few cases.
ESCAPEMENT_PROPERTY("a run cut anywhere and resumed from checkpoint files has the same bits", 0.2, [] {
  const Cut cut = draw_cut(*drawn_runs(Rules::all, 10'000));
  const fs::path directory = "checkpoints";
  fs::remove_all(directory);
  expect_same(run_in_pieces(cut.instance, cut.steps, directory), run_in_pieces(cut.instance, {}, {}));
  fs::remove_all(directory);
});

ESCAPEMENT_PROPERTY("replicas run together are what each is alone, on any number of threads", 0.3, [] {
  const DrawnRun run = *drawn_runs(Rules::all, 6'000);
  Settings settings = settings_of(run, *arithmetics());
  settings.insert(settings.end(), {{"replicas", std::to_string(*rc::gen::inRange(1, 6))},
                                   {"record", "every:20"},
                                   {"watch", *rc::gen::element("0", "2")}});
  const config::Config config = load(run, settings);
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  const unsigned threads = *rc::gen::element(1u, 2u, 5u);
  const std::vector<engine::RunResult> together = engine::run_ensemble(config, options, threads, {});
  RC_ASSERT(together.size() == config.replicas);
  for (std::uint32_t r = 0; r < config.replicas; ++r) {
    const engine::RunResult alone =
        engine::run_instance(model::make_instance(config, config.replica + r), options);
    expect_same(exact_text(together[r].final, together[r].trajectory),
                exact_text(alone.final, alone.trajectory));
  }
});

}  // namespace escapement::test

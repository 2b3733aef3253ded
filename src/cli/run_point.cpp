#include "escapement/cli/run_point.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <tuple>

#include "escapement/cli/interrupt.h"
#include "escapement/cli/progress.h"
#include "escapement/engine/bands.h"

namespace escapement::cli {

using observe::Outcome;
using observe::Trajectory;

namespace {

int severity(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed: return 0;
    case Outcome::diverged: return 1;
    case Outcome::undecided: return 2;
    case Outcome::not_finite: return 3;
    case Outcome::interrupted: break;
  }
  return 4;
}

void summarise_stream(PointResult& result) {
  const EnsembleSummary& ensemble = *result.ensemble;
  result.steps = ensemble.fewest_steps;
  for (const Outcome o : {Outcome::diverged, Outcome::undecided, Outcome::not_finite, Outcome::interrupted})
    if (ensemble.count(o) > 0) result.outcome = o;
  std::tie(result.columns, result.final) = final_of(ensemble);
}

void summarise(PointResult& result) {
  result.steps = result.runs.front().trajectory.steps;
  std::vector<Trajectory> ends(result.runs.size());
  std::vector<const Trajectory*> views;
  for (std::size_t r = 0; r < result.runs.size(); ++r) {
    const engine::RunResult& run = result.runs[r];
    if (severity(run.trajectory.outcome) > severity(result.outcome)) result.outcome = run.trajectory.outcome;
    result.steps = std::min(result.steps, run.trajectory.steps);
    ends[r].columns = run.trajectory.columns;
    ends[r].records.push_back(run.final.record);
    ends[r].records.back().step = 0;  // the ends are compared, at whatever step they are
    if (!run.final.record.values.empty()) views.push_back(&ends[r]);
  }
  if (result.runs.size() == 1) {
    result.columns = result.runs.front().trajectory.columns;
    result.final = result.runs.front().final.record;
  } else if (!views.empty()) {
    Trajectory over = engine::bands(views);
    result.columns = over.columns;
    result.final = over.records.front();
  }
}

// More checkpoints than this cost more than the work that they save.
constexpr std::uint32_t kMostCheckpoints = 4096;

}  // namespace

bool streams(const config::Config& c) {
  return c.replicas > 1 && c.record.none() && c.snapshots.none() && c.watch == 0;
}

PointResult run_point(const Point& point, const RunArguments& arguments, const model::InstanceFile* file) {
  const config::Config& c = point.config;
  engine::RunOptions options;
  const bool records = !c.record.none() || !c.snapshots.none();
  options.watch.neurons_at_end = records || !point.directory.empty();
  options.watch.rows_at_end = !streams(c);
  if (!point.directory.empty() && c.replicas <= kMostCheckpoints)
    options.checkpoint_directory = point.directory / "checkpoint";
  options.resume = arguments.resume;
  if (const char* seconds = std::getenv("ESCAPEMENT_CHECKPOINT_SECONDS");
      seconds != nullptr && std::atof(seconds) > 0)
    options.checkpoint_seconds = std::atof(seconds);
  const std::uint64_t total = c.steps * c.replicas;
  std::string label = point.swept.empty() ? "run" : "";
  for (const config::Setting& s : point.swept) label += (label.empty() ? "" : ", ") + s.key + " = " + s.value;
  Progress progress(label, total, !arguments.quiet);
  PointResult result;
  const auto begin = std::chrono::steady_clock::now();
  const auto poll = [&](std::uint64_t steps) {
    progress.at(steps);
    return !interrupted();
  };
  if (file != nullptr) {
    options.poll = poll;
    result.runs.push_back(engine::run_instance(model::make_instance(c, *file), options));
  } else {
    const unsigned threads =
        arguments.threads != 0 ? arguments.threads : std::max(1u, std::thread::hardware_concurrency());
    if (streams(c)) {
      result.ensemble.emplace();
      engine::run_ensemble(c, options, threads, poll, [&](std::uint32_t r, engine::RunResult&& run) {
        result.ensemble->add(c.replica + r, run);
      });
    } else {
      result.runs = engine::run_ensemble(c, options, threads, poll);
    }
  }
  result.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  result.ensemble ? summarise_stream(result) : summarise(result);
  return result;
}

}  // namespace escapement::cli

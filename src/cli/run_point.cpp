#include "escapement/cli/run_point.h"

#include <algorithm>

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

}  // namespace

PointResult summarised(std::vector<engine::RunResult> runs, double wall_seconds) {
  PointResult result;
  result.runs = std::move(runs);
  result.wall_seconds = wall_seconds;
  summarise(result);
  return result;
}

}  // namespace escapement::cli

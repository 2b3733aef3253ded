#include "escapement/cli/run_point.h"

#include <algorithm>
#include <tuple>

#include "escapement/cli/certify_options.h"
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
    case Outcome::out_of_range: return 3;
    case Outcome::not_finite: return 4;
    case Outcome::interrupted: break;
  }
  return 5;
}

void summarise_stream(PointResult& result) {
  const EnsembleSummary& ensemble = *result.ensemble;
  result.steps = ensemble.fewest_steps;
  for (const Outcome o : {Outcome::diverged, Outcome::undecided, Outcome::out_of_range, Outcome::not_finite,
                          Outcome::interrupted})
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

// Bits, and digits to print, of the replica that needed most.
void take_precision(Point& point, PointResult& result) {
  result.printed = {config::PrecisionChoice::Kind::certified, 0};
  long bits = 0;
  for (const certify::CertifiedRun& run : result.certified) {
    bits = std::max(bits, run.last().bits);
    result.printed.bits = std::max(result.printed.bits, printed_precision(run).bits);
  }
  point.config.precision = {config::PrecisionChoice::Kind::certified, bits};
  point.config.sources.insert_or_assign("precision", "--certify");
}

}  // namespace

bool streams(const config::Config& c) {
  return c.replicas > 1 && c.record.none() && c.snapshots.none() && c.watch == 0;
}

PointResult summarised(Point& point, PointRuns runs, double wall_seconds) {
  PointResult result;
  static_cast<PointRuns&>(result) = std::move(runs);
  result.wall_seconds = wall_seconds;
  result.printed = point.config.precision;
  if (!result.certified.empty()) take_precision(point, result);
  result.ensemble ? summarise_stream(result) : summarise(result);
  for (const certify::CertifiedRun& run : result.certified)
    if (!run.reached && severity(result.outcome) < severity(Outcome::undecided) &&
        run.last().outcome != Outcome::diverged)
      result.outcome = Outcome::undecided;
  return result;
}

}  // namespace escapement::cli

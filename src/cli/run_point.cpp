#include "escapement/cli/run_point.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "escapement/cli/certify_options.h"
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

// One after the other; bits, and digits to print, of the one that needed most.
void certify_replicas(Point& point, const RunArguments& arguments, const model::InstanceFile* file,
                      const engine::RunOptions& options, PointResult& result) {
  const config::Config asked = point.config;
  certify::CertifyRequest request = certify_request(arguments, asked);
  request.options = options;
  result.printed = {config::PrecisionChoice::Kind::certified, 0};
  long bits = 0;
  for (std::uint32_t r = 0; r < asked.replicas; ++r) {
    const model::Instance instance =
        file != nullptr ? model::make_instance(asked, *file) : model::make_instance(asked, asked.replica + r);
    certify::CertifiedRun run = certify::certify(instance, request);
    result.runs.push_back(std::move(run.run));
    run.run = {};
    bits = std::max(bits, run.last().bits);
    result.printed.bits = std::max(result.printed.bits, printed_precision(run).bits);
    result.certified.push_back(std::move(run));
    if (result.runs.back().trajectory.outcome == Outcome::interrupted) break;
  }
  point.config.precision = {config::PrecisionChoice::Kind::certified, bits};
  point.config.sources.insert_or_assign("precision", "--certify");
}

}  // namespace

PointResult run_point(Point& point, const RunArguments& arguments, const model::InstanceFile* file) {
  const config::Config& c = point.config;
  engine::RunOptions options;
  const bool records = !c.record.none() || !c.snapshots.none();
  options.watch.neurons_at_end = records || !point.directory.empty();
  if (!point.directory.empty()) options.checkpoint_directory = point.directory / "checkpoint";
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
  result.printed = c.precision;
  if (arguments.certify) {
    options.poll = poll;
    certify_replicas(point, arguments, file, options, result);
  } else if (file != nullptr) {
    options.poll = poll;
    result.runs.push_back(engine::run_instance(model::make_instance(c, *file), options));
  } else {
    const unsigned threads =
        arguments.threads != 0 ? arguments.threads : std::max(1u, std::thread::hardware_concurrency());
    result.runs = engine::run_ensemble(c, options, threads, poll);
  }
  result.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  summarise(result);
  for (const certify::CertifiedRun& run : result.certified)
    if (!run.reached && severity(result.outcome) < severity(Outcome::undecided) &&
        run.last().outcome != Outcome::diverged)
      result.outcome = Outcome::undecided;
  return result;
}

}  // namespace escapement::cli

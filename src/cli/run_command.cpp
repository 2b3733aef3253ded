#include "escapement/cli/run_command.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "escapement/cli/certify_options.h"
#include "escapement/cli/instance_or_case.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/progress.h"
#include "escapement/cli/ranks.h"
#include "escapement/cli/run_again.h"
#include "escapement/cli/run_collector.h"
#include "escapement/cli/run_units.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/config/precision_advice.h"
#include "escapement/config/sweep.h"
#include "escapement/engine/checkpoint_folder.h"

namespace escapement::cli {

namespace fs = std::filesystem;
using config::InputError;
using config::Setting;

namespace {

constexpr std::size_t kMaxPoints = 100'000;

std::vector<std::vector<Setting>> grid(const std::vector<std::string>& sweeps) {
  std::vector<std::vector<Setting>> points{{}};
  for (const std::string& text : sweeps) {
    const config::Sweep sweep = config::parse_sweep(text);
    for (const Setting& s : points.front())
      if (s.key == sweep.key)
        throw InputError("--sweep", sweep.key, "each key swept once; give all its values to one --sweep");
    std::vector<std::vector<Setting>> larger;
    if (points.size() * sweep.values.size() > kMaxPoints)
      throw InputError("--sweep", sweep.key, fmt::format("a grid of at most {} points", kMaxPoints));
    for (const auto& point : points)
      for (const std::string& value : sweep.values) {
        larger.push_back(point);
        larger.back().push_back({sweep.key, value, "--sweep"});
      }
    points = std::move(larger);
  }
  return points;
}

// Once for all points that say the same.
void warn_of_precision(const std::vector<Point>& points) {
  std::set<std::string> said;
  for (const Point& point : points)
    if (const auto warning = config::precision_warning(point.config); warning && said.insert(*warning).second)
      say("escapement: {}\n", *warning);
}

std::vector<Point> make_points(const RunArguments& arguments, const model::InstanceFile* instance) {
  config::Request request;
  request.preset = arguments.preset;
  request.file = arguments.config_file;
  request.sets = arguments.sets;
  if (instance != nullptr) request.given = instance->settings;
  if (arguments.seed) request.options.push_back({"seed", *arguments.seed, "--seed"});
  if (arguments.precision) request.options.push_back({"precision", *arguments.precision, "--precision"});
  if (arguments.replicas) request.options.push_back({"replicas", *arguments.replicas, "--replicas"});
  request.options.insert(request.options.end(), arguments.recorded.begin(), arguments.recorded.end());
  std::vector<Point> points;
  for (auto& swept : grid(arguments.sweeps)) {
    config::Request own = request;
    own.options.insert(own.options.end(), swept.begin(), swept.end());
    Point point;
    point.config = config::load(own);
    if (!swept.empty()) point.folder = folder_name(swept);
    if (arguments.out) point.directory = swept.empty() ? *arguments.out : *arguments.out / point.folder;
    point.swept = std::move(swept);
    points.push_back(std::move(point));
  }
  return points;
}

// Throws InputError if a file that the run may write is there and is not ours.
void claim_files(const OutputDirectory& out, const std::vector<Point>& points) {
  std::vector<std::string> names{"sweep.csv"};
  std::error_code error;
  for (const Point& point : points) {
    const auto status = fs::symlink_status(point.directory, error);
    if (!fs::exists(status)) continue;
    if (!fs::is_directory(fs::status(point.directory, error)))
      throw InputError(point.directory.string(), "",
                       "a folder for this point of the sweep, or nothing of that name");
    const std::vector<std::string> more = file_names(point);
    names.insert(names.end(), more.begin(), more.end());
  }
  out.claim(names);
}

// Returns whether a point has a checkpoint. Throws InputError if something else is in the way.
bool check_checkpoints(const std::vector<Point>& points) {
  bool any = false;
  for (const Point& point : points)
    if (engine::check_checkpoints(point.directory / engine::kCheckpointFolder)) any = true;
  return any;
}

void remove_checkpoints(const std::vector<Point>& points) {
  for (const Point& point : points) engine::remove_checkpoints(point.directory / engine::kCheckpointFolder);
}

std::uint64_t total_steps(const std::vector<Point>& points) {
  std::uint64_t total = 0;
  for (const Point& point : points) total += point.config.steps * point.config.replicas;
  return total;
}

std::string label_of(const std::vector<Point>& points) {
  return points.size() == 1 ? "run" : fmt::format("run, sweep of {} points", points.size());
}

}  // namespace

int run_command(const RunArguments& given, cluster::Transport& ranks) {
  const RunArguments arguments = recalled(given);
  std::optional<model::InstanceFile> file;
  if (arguments.instance_file) file = read_instance_or_case(*arguments.instance_file);
  const model::InstanceFile* instance = file ? &*file : nullptr;
  std::vector<Point> points = make_points(arguments, instance);
  for (Point& point : points) {
    prepare_certify(arguments, point.config);
    point.asked = asked_of(point.config);
  }
  check_recalled(arguments, points);
  if (arguments.certify && ranks.size() > 1)
    throw InputError("command line", "--certify", "one process: certified runs are not split over ranks");
  if (arguments.resume && !arguments.out)
    throw InputError("command line", "--resume", "--out DIR with the checkpoints");
  const unsigned threads = threads_of(arguments.threads, ranks);
  const std::vector<RunUnit> units = run_units(points, ranks.size(), threads);
  const unsigned slots = units_at_a_time(units, threads);
  catch_interrupts();
  std::atomic<std::uint64_t> steps{0};
  const auto compute = [&](const RunUnit& unit) {
    return run_unit(unit, points[unit.point], arguments, instance, std::max(1u, threads / slots), steps);
  };
  const auto pulse = [&] { return cluster::Pulse{steps, {}}; };
  if (ranks.rank() != 0) {
    const auto serve = [&](const std::string& name) {
      const RunUnit unit = unit_of(name);
      const UnitResult result = compute(unit);
      if (interrupted()) throw cluster::Failed(kInterrupted, "");  // what was recorded is in the checkpoints
      return unit_result_text(unit, result);
    };
    cluster::serve(ranks, hands(slots, serve, pulse));
    return 0;
  }

  for (const Point& point : points)  // every complaint before anything is written
    engine::check_instance(instance != nullptr ? model::make_instance(point.config, *instance)
                                               : model::make_instance(point.config, point.config.replica));
  std::optional<OutputDirectory> out;
  if (arguments.out) {
    out.emplace(*arguments.out, "run", arguments.take_over);
    claim_files(*out, points);
    const bool any = check_checkpoints(points);
    if (!arguments.resume) remove_checkpoints(points);
    if (arguments.resume && !any)
      say("escapement: nothing to resume in {}: the run starts at step 0\n", arguments.out->string());
  }
  if (!arguments.certify) warn_of_precision(points);
  RunCollector collector(points, arguments, out ? &*out : nullptr);
  Progress progress(label_of(points), total_steps(points), !arguments.quiet);
  const auto keep = [&](const std::string& name) {
    const RunUnit unit = unit_of(name);
    collector.add(unit, compute(unit));
    return std::string();
  };
  const auto watch = [&](const std::vector<cluster::Pulse>& pulses) {
    std::uint64_t sum = 0;
    for (const cluster::Pulse& one : pulses) sum += one.work;
    progress.at(sum);
  };
  std::vector<std::string> names;
  for (const RunUnit& unit : units) names.push_back(unit_name(unit));
  cluster::Leader leader(ranks, hands(slots, keep, pulse), watch);
  const bool all = leader.each(names, [&](std::size_t position, const std::string& result) {
    if (!result.empty()) collector.add(units[position], unit_result_of(result));  // by another rank
    collector.write_complete();
  });
  progress.finish();
  if (!all || interrupted()) {
    if (ranks.size() > 1) stopped_among_ranks(arguments.out ? arguments.out->string() : "");
    collector.write_begun();
  }
  const int code = interrupted() ? kInterrupted : collector.code();
  if (out && !arguments.sweeps.empty()) {
    std::vector<std::string> keys;
    for (const Setting& s : points.front().swept) keys.push_back(s.key);
    out->write("sweep.csv", sweep_csv(keys, collector.rows()));
    out->commit();
  }
  fmt::print("{}", arguments.json ? collector.json() : collector.summary());
  if (arguments.out && code != kInterrupted) remove_checkpoints(points);
  if (arguments.out && !arguments.quiet && !arguments.json)
    fmt::print("{}{}\n",
               code == kInterrupted ? "interrupted; go on with --resume; recorded so far: " : "written to ",
               arguments.out->string());
  return code;
}

}  // namespace escapement::cli

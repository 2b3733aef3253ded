#include "escapement/cli/run_command.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "escapement/cli/certify_options.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/run_point.h"
#include "escapement/config/precision_advice.h"
#include "escapement/config/sweep.h"

namespace escapement::cli {

namespace fs = std::filesystem;
using config::InputError;
using config::Setting;
using observe::Outcome;

namespace {

constexpr std::size_t kMaxPoints = 100'000;

std::vector<std::vector<Setting>> grid(const std::vector<std::string>& sweeps) {
  std::vector<std::vector<Setting>> points{{}};
  for (const std::string& text : sweeps) {
    const config::Sweep sweep = config::parse_sweep(text);
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
      fmt::print(stderr, "escapement: {}\n", *warning);
}

std::string folder_name(const std::vector<Setting>& swept) {
  std::string name;
  for (const Setting& s : swept) name += (name.empty() ? "" : ",") + s.key + "=" + s.value;
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
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
  std::vector<Point> points;
  for (auto& swept : grid(arguments.sweeps)) {
    config::Request own = request;
    own.options.insert(own.options.end(), swept.begin(), swept.end());
    Point point;
    point.config = config::load(own);
    if (arguments.out) point.directory = swept.empty() ? *arguments.out : *arguments.out / folder_name(swept);
    point.swept = std::move(swept);
    points.push_back(std::move(point));
  }
  return points;
}

int exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed:
    case Outcome::diverged: return 0;
    case Outcome::undecided:
    case Outcome::not_finite: return 3;
    case Outcome::interrupted: break;
  }
  return 130;
}

void remove_checkpoints(const std::vector<Point>& points) {
  std::error_code ignored;
  for (const Point& point : points) fs::remove_all(point.directory / "checkpoint", ignored);
}

}  // namespace

int run_command(const RunArguments& arguments) {
  std::optional<model::InstanceFile> file;
  if (arguments.instance_file) file = model::read_instance_file(*arguments.instance_file);
  const model::InstanceFile* instance = file ? &*file : nullptr;
  std::vector<Point> points = make_points(arguments, instance);
  for (Point& point : points) prepare_certify(arguments, point.config);
  for (const Point& point : points)  // every complaint before anything is written
    engine::check_instance(instance != nullptr ? model::make_instance(point.config, *instance)
                                               : model::make_instance(point.config, point.config.replica));
  if (arguments.resume && !arguments.out)
    throw InputError("command line", "--resume", "--out DIR with the checkpoints");
  std::optional<OutputDirectory> out;
  if (arguments.out) out.emplace(*arguments.out);
  if (arguments.out && !arguments.resume) remove_checkpoints(points);
  if (!arguments.certify) warn_of_precision(points);
  catch_interrupts();

  int code = 0;
  std::vector<SweepRow> rows;
  std::string json;
  for (Point& point : points) {
    const PointResult result = run_point(point, arguments, instance);
    if (arguments.out) write_point(point, result, arguments);
    code = std::max(code, exit_code(result.outcome));
    if (arguments.json) json += (json.empty() ? "" : ",\n") + point_json(point, result, 1);
    if (!arguments.json && !arguments.quiet) {
      if (!point.swept.empty()) fmt::print("{}\n", folder_name(point.swept));
      fmt::print("{}", point_summary(point, result));
    }
    SweepRow row{{},           to_string(result.outcome), result.steps, result.columns,
                 result.final, NumberText(result.printed)};
    for (const Setting& s : point.swept) row.values.push_back(s.value);
    rows.push_back(std::move(row));
    if (result.outcome == Outcome::interrupted) break;
  }
  if (out && !arguments.sweeps.empty()) {
    std::vector<std::string> keys;
    for (const Setting& s : points.front().swept) keys.push_back(s.key);
    out->write("sweep.csv", sweep_csv(keys, rows));
    out->commit();
  }
  if (arguments.json) fmt::print("{}\n", arguments.sweeps.empty() ? json : "[\n" + json + "\n]");
  if (arguments.out && code != 130) remove_checkpoints(points);
  if (arguments.out && !arguments.quiet && !arguments.json)
    fmt::print("{}{}\n", code == 130 ? "interrupted; go on with --resume; recorded so far: " : "written to ",
               arguments.out->string());
  return code;
}

}  // namespace escapement::cli

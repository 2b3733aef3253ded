// The files of a finished point.
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/cli/interrupt.h"
#include "escapement/cli/record.h"
#include "escapement/cli/run_again.h"
#include "escapement/cli/run_point.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/config/precision_advice.h"
#include "escapement/engine/bands.h"
#include "escapement/numeric/isa.h"
#include "escapement/report/figures.h"
#include "escapement/report/phases.h"
#include "escapement/report/sealed_file.h"

namespace escapement::cli {

using json = nlohmann::ordered_json;

namespace {

std::string title_of(const Point& point, const RunArguments& arguments) {
  std::string title = arguments.preset.value_or(config::value_of(point.config, "algorithm"));
  for (const char* key : {"m", "d", "eta", "sigma"})
    title += fmt::format(", {} = {}", key, config::value_of(point.config, key));
  return title;
}

// Everything needed to make this run again, and how it went.
std::string run_json(const Point& point, const PointResult& result, const RunArguments& arguments) {
  json root;
  root["format"] = "escapement-run/1";
  root["version"] = ESCAPEMENT_VERSION;
  root["command"] = arguments.command_line;
  if (arguments.instance_file) root["instance"] = arguments.instance_file->string();
  root["again"] = again_json(point, arguments);
  root["seed"] = point.config.seed;
  root["precision"] = config::value_of(point.config, "precision");
  const config::PrecisionAdvice advice = config::advise_precision(point.config, point.config.steps);
  root["precision_advice"] = {{"bits", static_cast<std::uint64_t>(advice.bits)},
                              {"steps", advice.steps},
                              {"enough", advice.bits <= point.config.precision.bits}};
  root["config"] = config_json(point.config);
  root["fingerprint"] = config::fingerprint(point.config);
  root["kernels"] = numeric::to_string(numeric::active_isa());
  root["result"] = json::parse(point_json(point, result, -1));
  return report::sealed(report::dump_json(root));
}

std::string inside(const Point& point, const std::string& name) {
  return point.folder.empty() ? name : point.folder + "/" + name;
}

std::vector<std::string> figure_names(const Point& point) {
  std::vector<std::string> names;
  for (const char* figure : {"losses", "norm_alignment", "second_layer", "path", "cloud", "overview"})
    for (const char* kind : {".svg", ".png", ".gp"})
      names.push_back(inside(point, std::string(figure) + kind));
  return names;
}

void draw(const Point& point, const PointResult& result, const RunArguments& arguments) {
  const config::Config& c = point.config;
  report::FigureRequest request;
  request.directory = point.directory;
  request.title = title_of(point, arguments);
  request.bands = result.runs.size() > 1;
  if (c.schedule.periodic())
    request.noise_on = report::periodic_noise(c.schedule.on, c.schedule.off, result.steps);
  request.stop = interrupted;
  request.events = report::phase_events(point.directory, request.bands);
  const report::FigureResult figures = report::write_figures(request);
  if (!figures.problem.empty()) say("escapement: {}\n", figures.problem);
}

}  // namespace

std::vector<std::string> file_names(const Point& point) {
  std::vector<std::string> names = figure_names(point);
  for (const char* name : {"run.json", "ensemble.csv", "trajectory.csv", "final.json", "bands.csv",
                           "neurons.csv", "paths.csv", "exits.csv"})
    names.push_back(inside(point, name));
  return names;
}

void write_point(const Point& point, const PointResult& result, const RunArguments& arguments,
                 OutputDirectory& out) {
  const NumberText text(result.printed);
  const auto write = [&](const char* name, const std::string& content) {
    out.write(inside(point, name), content);
  };
  write("run.json", run_json(point, result, arguments));
  if (result.ensemble) {
    write("ensemble.csv", ensemble_csv(*result.ensemble, text));
    out.commit();
    return;
  }
  std::vector<const observe::Trajectory*> runs;
  for (const engine::RunResult& run : result.runs) runs.push_back(&run.trajectory);
  write("trajectory.csv", trajectory_csv(runs, point.config.replica, text));
  if (runs.size() > 1) {
    const observe::Trajectory over = engine::bands(runs);
    write("bands.csv", trajectory_csv({&over}, 0, text));
  }
  const observe::Trajectory& first = *runs.front();
  if (!first.snapshots.empty()) write("neurons.csv", neurons_csv(first.snapshots, text));
  if (!first.paths.empty()) write("paths.csv", neurons_csv(first.paths, text));
  if (!first.exits.empty()) write("exits.csv", exits_csv(runs, point.config.replica));
  write("final.json", final_json(result.runs.front().final, text));
  out.commit();
  if (arguments.no_figures || first.records.empty()) return;
  out.expect_figures(figure_names(point));
  draw(point, result, arguments);
}

}  // namespace escapement::cli

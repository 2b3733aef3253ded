// One point of a sweep (or the only one): its configuration, its results, its files.
#pragma once

#include "escapement/certify/certified_run.h"
#include "escapement/cli/ensemble_summary.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/run_command.h"
#include "escapement/cli/run_tables.h"
#include "escapement/config/load.h"
#include "escapement/engine/run.h"
#include "escapement/model/instance_file.h"

namespace escapement::cli {

struct AskedPoint {
  std::string fingerprint;
  std::optional<std::pair<std::string, std::string>> precision;  // value and source, if something set it
};

struct Point {
  std::vector<config::Setting> swept;
  config::Config config;
  AskedPoint asked;                 // of `config` as it was before --certify chose a precision
  std::string folder;               // inside --out; empty without a sweep
  std::filesystem::path directory;  // empty without --out
};

struct PointRuns {
  std::vector<engine::RunResult> runs;      // in order; empty where nothing of a replica is kept: then
  std::optional<EnsembleSummary> ensemble;  // this
  std::vector<certify::CertifiedRun>
      certified;  // --certify: how it went, replica by replica; the runs are in `runs`
};

struct PointResult : PointRuns {
  config::PrecisionChoice printed;  // what numbers are printed with
  double wall_seconds = 0;
  observe::Outcome outcome = observe::Outcome::completed;  // the worst over replicas
  std::uint64_t steps = 0;                                 // the fewest over replicas
  std::vector<std::string> columns;                        // of `final`
  observe::Record final;  // observables at the end; NAME_mean, ... for an ensemble
};

// Many replicas with nothing recorded, no snapshot and nobody followed: statistics of their ends are all there is to see.
bool streams(const config::Config& config);

// Of the point's runs. Under --certify the point's precision becomes that of the last attempt.
PointResult summarised(Point& point, PointRuns runs, double wall_seconds);

// Names that write_point may use, relative to --out.
std::vector<std::string> file_names(const Point& point);
// Writes tables, run.json and figures to the point's folder. Problems with gnuplot go to standard error. Throws
// config::InputError (a full disk, ...).
void write_point(const Point& point, const PointResult& result, const RunArguments& arguments,
                 OutputDirectory& out);

// The object that --json prints.
std::string point_json(const Point& point, const PointResult& result, int indent);

// The table for the terminal.
std::string point_summary(const Point& point, const PointResult& result);

}  // namespace escapement::cli

// `escapement run`: one instance, an ensemble or a sweep.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/config/load.h"

namespace CLI {
class App;
}
namespace escapement::cluster {
class Transport;
}

namespace escapement::cli {

struct RunArguments {
  std::optional<std::string> preset, seed, precision;
  std::optional<std::filesystem::path> config_file, instance_file, out;
  std::optional<std::filesystem::path> again;  // a run.json
  std::vector<std::string> sets, sweeps;
  std::vector<config::Setting> recorded;             // by --again: every key that something had set
  std::optional<std::string> fingerprint, instance;  // by --again: of the configuration, of the instance file
  bool certify = false;
  std::optional<std::string> radius, start_radius, most_bits;  // of --certify
  std::optional<std::string> replicas;
  unsigned threads = 0;  // 0: as many as the machine has
  bool json = false, quiet = false, resume = false, no_figures = false, take_over = false;
  std::string command_line;  // as typed, for provenance
};

// Declares the options of `run` on its subcommand.
void declare_run(CLI::App& run, RunArguments& arguments);

// Replicas and points of a sweep are spread over the ranks; rank 0 writes. Returns the exit code. Throws
// config::InputError, cluster::Failed.
int run_command(const RunArguments& arguments, cluster::Transport& ranks);

}  // namespace escapement::cli

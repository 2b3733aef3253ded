// `escapement check`: verdicts on the statements of the paper, or a map of where one holds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/condition_options.h"
#include "escapement/config/load.h"

namespace CLI {
class App;
}
namespace escapement::cluster {
class Transport;
}

namespace escapement::cli {

struct CheckArguments {
  std::vector<std::string> ids;
  std::optional<std::string> reading, clause, preset, seed, precision, alpha, budget, constant;
  std::optional<std::filesystem::path> config_file, out, again;  // again: a verdicts.json or map.json
  std::vector<std::string> sets, over;
  std::vector<config::Setting> recorded;   // by --again: every key that something had set
  std::optional<std::string> fingerprint;  // by --again: of the question
  ConditionOptions condition;
  unsigned threads = 0;  // 0: as many as the machine has
  bool json = false, quiet = false, calibrate = false, resume = false, inside = false, strict = false;
  bool take_over = false;
  std::string command_line;  // as typed, for provenance; by --again: that of the record
};

// Adds the subcommand `check` to the tool.
CLI::App* declare_check(CLI::App& tool, CheckArguments& arguments);

// Spreads rows, or places of a map, over the ranks; rank 0 writes. Returns the exit code: that of the outcomes
// (check_summary.h), or 130 if interrupted. Throws config::InputError, cluster::Failed.
int check_command(const CheckArguments& arguments, cluster::Transport& ranks);

}  // namespace escapement::cli

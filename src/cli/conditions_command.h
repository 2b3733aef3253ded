// `escapement conditions`: Condition 1 for given values. It claims nothing, so that it exits with 0 whatever holds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/condition_options.h"

namespace CLI {
class App;
}

namespace escapement::cli {

struct ConditionsArguments {
  std::optional<std::string> preset;
  ConditionOptions condition;
  std::optional<std::filesystem::path> config_file, instance_file, data_file;
  std::vector<std::string> sets;
  std::optional<int> digits;
  bool json = false;
};

// Adds the subcommand `conditions` to the tool.
CLI::App* declare_conditions(CLI::App& tool, ConditionsArguments& arguments);

// Returns the exit code, 0. Throws config::InputError.
int conditions_command(const ConditionsArguments& arguments);

// What was asked, resolved: only what the user gave counts as given.
struct ConditionsQuestion {
  theory::ConditionPoint point;
  theory::ConditionInputs inputs;
  std::vector<theory::Assumed> assumed;  // what the point itself assumes: d, sigma, the data set
  std::string data;                      // where the inputs come from; empty where there are none
};
ConditionsQuestion resolve_conditions(const ConditionsArguments& arguments);

// The table for the terminal, with `digits` significant digits, and the object of --json.
std::string conditions_text(const ConditionsQuestion& question, const theory::Condition& condition,
                            int digits);
std::string conditions_json(const ConditionsQuestion& question, const theory::Condition& condition,
                            int digits);

}  // namespace escapement::cli

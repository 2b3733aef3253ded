// `escapement replay`: ask a stored case, or an instance with a claim, again at any precision.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace escapement::cli {

struct ReplayArguments {
  std::vector<std::filesystem::path> files;
  std::optional<std::string> precision;  // certified; double where the file is about runs
  std::optional<std::string> claim, clause, reading, constant, seed;
  unsigned threads = 0;  // 0: as many as the machine has
  bool fresh = false, json = false, quiet = false;
};

CLI::App* declare_replay(CLI::App& tool, ReplayArguments& arguments);

// Returns the exit code: 1 one is reproduced, 0 none is and all are decided, 3 else. Throws config::InputError.
int replay_command(const ReplayArguments& arguments);

}  // namespace escapement::cli

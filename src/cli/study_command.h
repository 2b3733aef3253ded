// `escapement study`: a question about small step sizes, answered by a table, fits and a figure.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace escapement::cli {

struct StudyArguments {
  std::optional<std::string> name, seed;
  std::optional<std::filesystem::path> out, again;
  std::vector<std::string> sets;
  unsigned threads = 0;  // 0: as many as the machine has
  bool quick = false, json = false, quiet = false, take_over = false;
  std::string command_line;  // as typed, for provenance
};

// Adds the subcommand `study` to the tool.
CLI::App* declare_study(CLI::App& tool, StudyArguments& arguments);

// Returns the exit code: 0, or 130 where interrupted. Without a name it lists the studies. Throws config::InputError.
int study_command(const StudyArguments& arguments);

}  // namespace escapement::cli

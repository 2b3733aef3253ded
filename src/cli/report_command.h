// `escapement report`: one self-contained page, or a table for a paper, from outputs of the other commands.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace escapement::cli {

struct ReportArguments {
  std::vector<std::filesystem::path> directories;
  std::optional<std::filesystem::path> out;  // a file
  std::string format = "html";
  bool quiet = false;
  std::string command_line;  // as typed, for provenance
};

// Declares the options of `report` on its subcommand.
void declare_report(CLI::App& report, ReportArguments& arguments);

// Returns the exit code, 0. Throws config::InputError, before anything is written.
int report_command(const ReportArguments& arguments);

}  // namespace escapement::cli

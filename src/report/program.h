// Runs another program and waits for it: arguments as a vector, no shell in between.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace escapement::report {

struct ProgramResult {
  enum class End { succeeded, failed, not_found, stopped } end = End::failed;
  // The last line on its standard error. Of a failure without one: its status, the signal or the system's reason.
  std::string message;
};

// `program` is looked up in PATH unless it holds a slash. It runs in `directory`, reads nothing, and what it prints on
// standard output is lost. `stop`, which may be empty, is asked ten times a second and more; it ends the program.
ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& directory, const std::function<bool()>& stop = {});

}  // namespace escapement::report

// One line on standard error while it is a terminal: share done, rate, time left.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "escapement/cli/terminal_line.h"

namespace escapement::cli {

class Progress {
 public:
  // Draws nothing where `enabled` is false or standard error is no terminal.
  Progress(std::string label, std::uint64_t total_steps, bool enabled);

  void at(std::uint64_t steps) { steps_ = steps; }  // any thread
  void finish() { line_.finish(); }                 // removes the line

 private:
  std::string line(double seconds) const;

  std::string label_;
  std::uint64_t total_;
  std::atomic<std::uint64_t> steps_{0};
  TerminalLine line_;  // last: it asks for the text until it is gone
};

}  // namespace escapement::cli

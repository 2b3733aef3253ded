// One line on standard error while it is a terminal: what is being done, how much is, and since when.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "escapement/cli/terminal_line.h"

namespace escapement::cli {

class StatusLine {
 public:
  StatusLine(std::string label, bool enabled);

  void at(std::size_t done, std::size_t total, const std::string& what);
  void finish() { line_.finish(); }  // removes the line

 private:
  std::string label_, text_;
  std::mutex mutex_;
  TerminalLine line_;  // last: it asks for the text until it is gone
};

}  // namespace escapement::cli

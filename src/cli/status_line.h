// One line on standard error while it is a terminal: share done, rate, time left, and what is being done.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "escapement/cli/terminal_line.h"

namespace escapement::cli {

class StatusLine {
 public:
  // In units of work, such as the rows of a check.
  struct Amount {
    std::size_t taken = 0, total = 0;  // finished by an earlier process; all
    double here = 0;                   // done by this one and its helpers, begun units in part
  };

  // unit: in the plural, "rows".
  StatusLine(std::string label, std::string unit, bool enabled);

  void at(const Amount& amount, const std::string& what);
  void finish() { line_.finish(); }  // removes the line

 private:
  std::string line(double seconds);

  std::string label_, unit_, what_;
  Amount amount_;
  std::mutex mutex_;
  TerminalLine line_;  // last: it asks for the text until it is gone
};

}  // namespace escapement::cli

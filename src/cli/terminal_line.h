// One line on standard error that is drawn again four times a second, while standard error is a terminal.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace escapement::cli {

// "12 s", "7 min", "3.4 h".
std::string duration_text(double seconds);

class TerminalLine {
 public:
  // `text` is asked from a thread of its own, with the seconds since the line began. Draws nothing where `enabled` is
  // false or standard error, under mpirun that of mpirun, is no terminal.
  TerminalLine(bool enabled, std::function<std::string(double seconds)> text);
  ~TerminalLine() { finish(); }
  TerminalLine(const TerminalLine&) = delete;
  TerminalLine& operator=(const TerminalLine&) = delete;

  void finish();  // removes the line

 private:
  void draw_until_done();

  std::function<std::string(double)> text_;
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::thread drawer_;
};

}  // namespace escapement::cli

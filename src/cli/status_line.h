// One line on standard error while it is a terminal: what is being done, how much is, and since when.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace escapement::cli {

class StatusLine {
 public:
  StatusLine(std::string label, bool enabled);
  ~StatusLine() { finish(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  void at(std::size_t done, std::size_t total, const std::string& what);
  void finish();  // removes the line

 private:
  void draw_until_done();

  std::string label_, text_;
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::thread drawer_;
};

}  // namespace escapement::cli

// One line on standard error while it is a terminal: share done, rate, time left.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace escapement::cli {

class Progress {
 public:
  // Draws nothing where `enabled` is false or standard error is no terminal.
  Progress(std::string label, std::uint64_t total_steps, bool enabled);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(std::uint64_t steps) { steps_ = steps; }  // any thread

 private:
  void draw_until_done();
  std::string line(double seconds) const;

  std::string label_;
  std::uint64_t total_;
  std::atomic<std::uint64_t> steps_{0};
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::thread drawer_;
};

}  // namespace escapement::cli

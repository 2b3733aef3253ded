#include "escapement/cli/progress.h"

#include <chrono>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace escapement::cli {

namespace {

std::string duration(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

Progress::Progress(std::string label, std::uint64_t total_steps, bool enabled)
    : label_(std::move(label)), total_(total_steps) {
  if (enabled && ::isatty(STDERR_FILENO) != 0) drawer_ = std::thread([this] { draw_until_done(); });
}

Progress::~Progress() {
  if (!drawer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  done_changed_.notify_all();
  drawer_.join();
  std::fputs("\r\033[K", stderr);
}

std::string Progress::line(double seconds) const {
  const std::uint64_t steps = steps_;
  const double rate = seconds > 0 ? static_cast<double>(steps) / seconds : 0;
  const double share = total_ > 0 ? static_cast<double>(steps) / static_cast<double>(total_) : 1;
  std::string text = fmt::format("{}: {:.1f}%, {:.3g} steps/s", label_, 100 * share, rate);
  if (rate > 0 && steps < total_)
    text += ", " + duration(static_cast<double>(total_ - steps) / rate) + " left";
  return text;
}

void Progress::draw_until_done() {
  const auto begin = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!done_changed_.wait_for(lock, std::chrono::milliseconds(250), [this] { return done_; })) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    std::fprintf(stderr, "\r\033[K%s", line(elapsed.count()).c_str());
    std::fflush(stderr);
  }
}

}  // namespace escapement::cli

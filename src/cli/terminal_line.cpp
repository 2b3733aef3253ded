#include "escapement/cli/terminal_line.h"

#include <chrono>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace escapement::cli {

std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

TerminalLine::TerminalLine(bool enabled, std::function<std::string(double)> text) : text_(std::move(text)) {
  if (enabled && ::isatty(STDERR_FILENO) != 0) drawer_ = std::thread([this] { draw_until_done(); });
}

void TerminalLine::finish() {
  if (!drawer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  done_changed_.notify_all();
  drawer_.join();
  std::fputs("\r\033[K", stderr);
}

void TerminalLine::draw_until_done() {
  const auto begin = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!done_changed_.wait_for(lock, std::chrono::milliseconds(250), [this] { return done_; })) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    std::fprintf(stderr, "\r\033[K%s", text_(elapsed.count()).c_str());
    std::fflush(stderr);
  }
}

}  // namespace escapement::cli

#include "escapement/cli/status_line.h"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace escapement::cli {

StatusLine::StatusLine(std::string label, bool enabled) : label_(std::move(label)) {
  if (enabled && ::isatty(STDERR_FILENO) != 0) drawer_ = std::thread([this] { draw_until_done(); });
}

void StatusLine::at(std::size_t done, std::size_t total, const std::string& what) {
  const std::lock_guard lock(mutex_);
  text_ = fmt::format("{} {}/{}: {}", label_, done + 1, total, what);
}

void StatusLine::finish() {
  if (!drawer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  done_changed_.notify_all();
  drawer_.join();
  std::fputs("\r\033[K", stderr);
}

void StatusLine::draw_until_done() {
  const auto begin = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!done_changed_.wait_for(lock, std::chrono::milliseconds(250), [this] { return done_; })) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    std::fprintf(stderr, "\r\033[K%s, %.0f s", text_.c_str(), elapsed.count());
    std::fflush(stderr);
  }
}

}  // namespace escapement::cli

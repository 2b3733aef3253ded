#include "escapement/cli/terminal_line.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "escapement/cluster/launcher.h"

namespace escapement::cli {

std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

namespace {

// mpirun reads its ranks' standard error from pipes and writes it to its own: rank 0 shows what it shows where that one, of
// its parent process on this machine, is a terminal.
bool seen_on_terminal() {
  if (::isatty(STDERR_FILENO) != 0) return true;
  const auto variable = [](const char* name) -> const char* { return std::getenv(name); };
  if (!cluster::launched(variable).by_launcher) return false;
  const int parents = ::open(("/proc/" + std::to_string(::getppid()) + "/fd/2").c_str(), O_WRONLY | O_NOCTTY);
  if (parents < 0) return false;
  const bool terminal = ::isatty(parents) != 0;
  ::close(parents);
  return terminal;
}

}  // namespace

TerminalLine::TerminalLine(bool enabled, std::function<std::string(double)> text) : text_(std::move(text)) {
  if (enabled && seen_on_terminal()) drawer_ = std::thread([this] { draw_until_done(); });
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

#include "escapement/cli/interrupt.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "escapement/cli/standard_streams.h"

namespace escapement::cli {

namespace {

constexpr double kGraceSeconds = 1.4, kBusySeconds = 1, kMostSeconds = 10;

volatile std::sig_atomic_t asked = 0;     // 1: by a signal, 2: by ourselves
volatile std::sig_atomic_t waiting = -1;  // where end_soon_after_signals listens

void on_signal(int signal) {
  if (asked != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  asked = 1;
  const int error = errno;
  if (waiting >= 0 && ::write(waiting, "", 1) < 0) asked = 1;  // a full pipe has woken it already
  errno = error;
}

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void end_soon(int signals) {
  using Clock = std::chrono::steady_clock;
  char byte = 0;
  while (::read(signals, &byte, 1) < 0 && errno == EINTR) {
  }
  const auto begin = Clock::now();
  const double used = processor_seconds();
  for (;;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const bool busy = processor_seconds() - used > kBusySeconds;
    if (seconds > kMostSeconds || (seconds > kGraceSeconds && busy)) break;
  }
  say("escapement: stopped in the middle of a long step; what was complete on disk is kept\n");
  std::_Exit(kInterrupted);
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (std::signal(SIGHUP, on_signal) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);  // nohup
}

bool interrupted() { return asked != 0; }

bool signalled() { return asked == 1; }

void ask_to_stop() {
  if (asked == 0) asked = 2;
}

void end_soon_after_signals() {
  int ends[2];
  if (waiting >= 0 || ::pipe2(ends, O_CLOEXEC) != 0) return;
  std::thread([signals = ends[0]] { end_soon(signals); }).detach();
  waiting = ends[1];
}

}  // namespace escapement::cli

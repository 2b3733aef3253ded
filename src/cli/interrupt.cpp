#include "escapement/cli/interrupt.h"

#include <csignal>

namespace escapement::cli {

namespace {
volatile std::sig_atomic_t asked = 0;  // 1: by a signal, 2: by ourselves

void on_signal(int signal) {
  if (asked != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  asked = 1;
}
}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

bool interrupted() { return asked != 0; }

bool signalled() { return asked == 1; }

void ask_to_stop() {
  if (asked == 0) asked = 2;
}

}  // namespace escapement::cli

#include "escapement/cli/standard_streams.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace escapement::cli {

namespace {

constexpr int kClosedPipe = 128 + SIGPIPE;

int first_error = 0;  // of flush_standard_output

cluster::Failed failure(int error) {
  if (error == EPIPE) return {kClosedPipe, ""};
  return {2, fmt::format("standard output: expected room for what is printed, got \"{}\"",
                         error == 0 ? "a failed write" : std::strerror(error))};
}

}  // namespace

void open_standard_streams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number is this one. Reading from 0 fails, writing to 1 and 2 too.
    if (::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) < 0) return;
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

std::optional<cluster::Failed> standard_output_failure(int error) {
  if (std::ferror(stdout) == 0) return std::nullopt;
  return failure(error);
}

void flush_standard_output() {
  errno = 0;
  if (std::fflush(stdout) != 0 && first_error == 0) first_error = errno;
}

std::optional<cluster::Failed> end_standard_output() {
  const bool failed_before = std::ferror(stdout) != 0;
  errno = 0;
  bool failed = std::fflush(stdout) != 0 && !failed_before;
  // Some file systems tell at a close only. Of a copy: the C++ library writes to the stream once more at its end.
  const int copy = failed ? -1 : ::dup(STDOUT_FILENO);
  failed = failed || (copy >= 0 && ::close(copy) != 0);
  if (!failed && !failed_before) return std::nullopt;
  return failure(failed ? errno : first_error);
}

}  // namespace escapement::cli

// Standard output and standard error. A command whose output cannot be printed ends with exit code 2. A message that standard
// error does not take is lost, and changes nothing else.
#pragma once

#include <cstdio>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "escapement/cluster/failed.h"

namespace escapement::cli {

// Before anything is opened: a stream that the caller closed (`>&-`) is opened so that writing to it fails. Otherwise the next
// file would get its number, and what is printed would go into that file. Files that have grown beyond a limit (SIGXFSZ) are
// errors of writing from here on.
void open_standard_streams();

// One line on standard error.
template <class... T>
void say(fmt::format_string<T...> format, T&&... values) {
  std::fputs(fmt::format(format, std::forward<T>(values)...).c_str(), stderr);
}

// What has been printed is seen now. Remembers what went wrong.
void flush_standard_output();

// Writes out what standard output holds, at the end of a process. Returns what is wrong if anything that was printed there is
// lost: exit code 2 and a line; 141 without a line, as a shell shows it, where the reader has gone (`| head`).
std::optional<cluster::Failed> end_standard_output();

// The same for the exception with which printing has failed; none if standard output is in order. `error`: of std::errc.
std::optional<cluster::Failed> standard_output_failure(int error);

}  // namespace escapement::cli

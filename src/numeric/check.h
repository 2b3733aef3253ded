// Always-on internal checks: a failed one is a bug of ours, never the user's input.
#pragma once

namespace escapement::numeric {

// Prints the failed condition with its place and leaves with exit code 4 ("our bug"); never returns.
[[noreturn]] void check_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace escapement::numeric

#define ESCAPEMENT_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::escapement::numeric::check_failed(#condition, __FILE__, __LINE__))

#include "escapement/cli/status_line.h"

#include <fmt/format.h>

namespace escapement::cli {

StatusLine::StatusLine(std::string label, bool enabled)
    : label_(std::move(label)), line_(enabled, [this](double seconds) {
        const std::lock_guard lock(mutex_);
        return fmt::format("{}, {:.0f} s", text_, seconds);
      }) {}

void StatusLine::at(std::size_t done, std::size_t total, const std::string& what) {
  const std::lock_guard lock(mutex_);
  text_ = fmt::format("{} {}/{}: {}", label_, done + 1, total, what);
}

}  // namespace escapement::cli

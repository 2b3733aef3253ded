#include "escapement/cli/status_line.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace escapement::cli {

StatusLine::StatusLine(std::string label, std::string unit, bool enabled)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      line_(enabled, [this](double seconds) { return line(seconds); }) {}

void StatusLine::at(const Amount& amount, const std::string& what) {
  const std::lock_guard lock(mutex_);
  amount_ = amount;
  what_ = what;
}

std::string StatusLine::line(double seconds) {
  const std::lock_guard lock(mutex_);
  if (amount_.total == 0) return label_;
  const auto total = static_cast<double>(amount_.total);
  const double done = std::min(static_cast<double>(amount_.taken) + amount_.here, total);
  std::string text = fmt::format("{}: {:.0f}%, {:.0f} of {} {}", label_, 100 * done / total, std::floor(done),
                                 amount_.total, unit_);
  if (amount_.here > 0 && seconds > 0) {
    const double rate = amount_.here / seconds;
    text += rate < 1 ? fmt::format(", {:.3g} a minute", 60 * rate) : fmt::format(", {:.3g} a second", rate);
    text += ", " + duration_text((total - done) / rate) + " left";
  }
  return what_.empty() ? text : text + "; " + what_;
}

}  // namespace escapement::cli

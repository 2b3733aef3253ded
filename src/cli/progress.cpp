#include "escapement/cli/progress.h"

#include <fmt/format.h>

namespace escapement::cli {

Progress::Progress(std::string label, std::uint64_t total_steps, bool enabled)
    : label_(std::move(label)),
      total_(total_steps),
      line_(enabled, [this](double seconds) { return line(seconds); }) {}

std::string Progress::line(double seconds) const {
  const std::uint64_t steps = steps_;
  const double rate = seconds > 0 ? static_cast<double>(steps) / seconds : 0;
  const double share = total_ > 0 ? static_cast<double>(steps) / static_cast<double>(total_) : 1;
  std::string text = fmt::format("{}: {:.1f}%, {:.3g} steps/s", label_, 100 * share, rate);
  if (rate > 0 && steps < total_)
    text += ", " + duration_text(static_cast<double>(total_ - steps) / rate) + " left";
  return text;
}

}  // namespace escapement::cli

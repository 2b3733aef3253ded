#include "escapement/report/plot.h"

#include <algorithm>

#include <fmt/format.h>

namespace escapement::report {

namespace {
constexpr double kTickSize = 12, kNameSize = 13;
constexpr const char* kGrid = R"(stroke="currentColor" stroke-opacity="0.12" fill="none")";
constexpr const char* kInk = R"(stroke="currentColor" stroke-opacity="0.75" fill="none")";
}  // namespace

void Plot::draw_grid(Svg& svg) const {
  for (const Tick& tick : x_.ticks)
    if (!tick.label.empty()) svg.line(x(tick.value), box_.top, x(tick.value), box_.bottom(), kGrid);
  for (const Tick& tick : y_.ticks)
    if (!tick.label.empty()) svg.line(box_.left, y(tick.value), box_.right(), y(tick.value), kGrid);
}

void Plot::draw_frame(Svg& svg, const std::string& x_name, const std::string& y_name) const {
  svg.rect(box_.left, box_.top, box_.width, box_.height, kInk);
  using Anchor = Svg::Anchor;
  if (!x_name.empty()) {
    double free_from = box_.left - 1000;  // labels never run into each other
    for (const Tick& tick : x_.ticks) {
      const double at = x(tick.value), half = label_width(tick.label, kTickSize) / 2;
      svg.line(at, box_.bottom(), at, box_.bottom() + (tick.label.empty() ? 3 : 6), kInk);
      if (tick.label.empty() || at - half < free_from) continue;
      svg.label(at, box_.bottom() + 20, tick.label, Anchor::middle, kTickSize);
      free_from = at + half + 6;
    }
    svg.label(box_.left + box_.width / 2, box_.bottom() + 41, x_name, Anchor::middle, kNameSize);
  }
  if (y_name.empty()) return;
  double widest = 0;
  for (const Tick& tick : y_.ticks) {
    const double at = y(tick.value);
    svg.line(box_.left - (tick.label.empty() ? 3 : 6), at, box_.left, at, kInk);
    if (tick.label.empty()) continue;
    svg.label(box_.left - 9, at + 4, tick.label, Anchor::end, kTickSize);
    widest = std::max(widest, label_width(tick.label, kTickSize));
  }
  const double across = box_.left - 22 - widest, middle = box_.top + box_.height / 2;
  svg.label(across, middle, y_name, Anchor::middle, kNameSize,
            fmt::format(R"-(transform="rotate(-90 {} {})")-", coordinate(across), coordinate(middle)));
}

}  // namespace escapement::report

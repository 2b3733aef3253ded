#include "escapement/report/event_labels.h"

#include <algorithm>

#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

constexpr double kGap = 5;  // pixels kept free around a text

// A pole beside its own is no trouble for a flag, which begins a little off it.
bool crossed(const Flag& flag, const Flag& higher) {
  const double from = flag.leftward ? flag.from() - kGap : flag.pole;
  const double to = flag.leftward ? flag.pole : flag.to() + kGap;
  return higher.row > flag.row && from < higher.pole && higher.pole < to;
}

bool overlap(const Flag& a, const Flag& b) {
  return a.row == b.row && a.from() < b.to() + kGap && b.from() < a.to() + kGap;
}

// Depth first over rows below `rows` and both directions; at most kMostFlags flags, so the search is short.
bool place(std::vector<Flag>& flags, std::size_t i, int rows, double panel) {
  if (i == flags.size()) return true;
  Flag& flag = flags[i];
  for (const bool leftward : {false, true}) {
    flag.leftward = leftward;
    if (flag.from() < 0 || flag.to() > panel) continue;
    for (flag.row = 0; flag.row < rows; ++flag.row) {
      const bool fits = std::none_of(
          flags.begin(), flags.begin() + static_cast<std::ptrdiff_t>(i),
          [&](const Flag& f) { return overlap(f, flag) || crossed(f, flag) || crossed(flag, f); });
      if (fits && place(flags, i + 1, rows, panel)) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Flag> place_flags(std::span<const Event> events, std::span<const double> poles, double panel,
                              double character) {
  std::vector<Flag> flags(std::min({events.size(), poles.size(), kMostFlags}));
  // Half of the panel at most, then less until they fit.
  for (auto longest = static_cast<std::size_t>(panel / (2 * character)); longest > 4;
       longest = longest * 4 / 5) {
    for (std::size_t i = 0; i < flags.size(); ++i) {
      flags[i].pole = poles[i];
      flags[i].text = fit_width(events[i].label, longest);
      flags[i].width = static_cast<double>(display_width(flags[i].text)) * character;
    }
    for (int rows = 1; rows <= static_cast<int>(flags.size()); ++rows)
      if (place(flags, 0, rows, panel)) return flags;
  }
  return {};
}

int rows_of(std::span<const Flag> flags) {
  int rows = 0;
  for (const Flag& flag : flags) rows = std::max(rows, flag.row + 1);
  return rows;
}

}  // namespace escapement::report

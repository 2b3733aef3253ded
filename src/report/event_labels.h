// Where the labels of events go: like flags on poles above a panel, in as few rows as keep every flag off the others
// and off the poles that pass it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "escapement/report/figures.h"

namespace escapement::report {

struct Flag {
  double pole = 0;        // pixels from the panel's left edge
  double width = 0;       // of the text, pixels
  std::string text;       // shortened where it has to be
  int row = 0;            // 0 is nearest to the panel
  bool leftward = false;  // the text ends at the pole instead of beginning there
  double from() const { return leftward ? pole - width : pole; }
  double to() const { return leftward ? pole : pole + width; }
};

inline constexpr std::size_t kMostFlags = 6;  // later events get a line without a label

// `events` in order of their steps, `poles` their places on a panel of width `panel`, `character` the mean width of a
// character; all in pixels.
std::vector<Flag> place_flags(std::span<const Event> events, std::span<const double> poles, double panel,
                              double character);

int rows_of(std::span<const Flag> flags);

}  // namespace escapement::report

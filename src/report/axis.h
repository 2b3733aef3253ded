// Axes: a range a little wider than the data, and few round ticks, labelled for gnuplot's enhanced text.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "escapement/report/series.h"

namespace escapement::report {

struct Tick {
  double value = 0;
  std::string label;  // empty for a minor tick
};

struct Axis {
  double low = 0, high = 1;
  bool logarithmic = false;
  std::vector<Tick> ticks;
  double position(double value) const;  // 0 at low, 1 at high
};

// Covers `data`, with a margin where that does not begin or end at zero; about `count` ticks. Empty data give [0, 1],
// a single value gets a neighbourhood.
Axis linear_axis(const Range& data, int count = 5);
// From low to high, low < high, without a margin.
Axis plain_axis(double low, double high, int count = 5);
// Covers the positive part of `data`, which must have one. About `count` labelled decades, less than two decades are
// labelled within.
Axis log_axis(const Range& data, int count = 5);
// Logarithmic where any value is positive.
Axis loss_axis(const Range& data, int count = 5);
// Numbers of any size by their log10: low, high and the ticks' values are log10, labels powers of ten (plain numbers from
// 0.001 to 10000 over less than two decades). No margin; less than half a decade is widened to that.
Axis decade_axis(double log10_low, double log10_high, int count = 5);
// Recorded steps, from the first to the last without margin. Logarithmic, from the first positive step, where most records
// were taken in the first tenth of the run; a single record is in the middle. `steps` must not be empty.
Axis step_axis(std::span<const double> steps, int count = 5);
// [-b, b] for the largest |value|.
Axis symmetric_axis(const Range& data, int count = 5);
Axis unit_axis(int count = 3);  // 0 to 1 and a little more, for shares and cosines

// A number for a heading, in at most `digits` digits: 0, 300, 12345, but 5×10^{4} and 10^{−7}.
std::string number_label(double value, int digits = 10);

}  // namespace escapement::report

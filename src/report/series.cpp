#include "escapement/report/series.h"

#include <algorithm>
#include <cmath>

#include "escapement/report/csv_reader.h"

namespace escapement::report {

void Range::include(double value) {
  if (!(std::abs(value) <= 1e280)) return;
  if (std::abs(value) < 1e-280) value = 0;
  low = std::min(low, value);
  high = std::max(high, value);
  if (value > 0) least_positive = std::min(least_positive, value);
}

void Range::include(const Range& other) {
  low = std::min(low, other.low);
  high = std::max(high, other.high);
  least_positive = std::min(least_positive, other.least_positive);
}

Series::Series(const std::filesystem::path& directory, bool bands)
    : file_(bands ? "bands.csv" : "trajectory.csv"), bands_(bands) {
  CsvReader reader(directory / file_);
  const auto step = reader.column("step");
  if (!step) return;
  std::vector<Range> ranges(reader.names().size());
  while (reader.next()) {
    const double t = reader.value(*step);
    if (std::isnan(t)) continue;
    steps_.push_back(t);
    for (std::size_t i = 0; i < ranges.size(); ++i) ranges[i].include(reader.value(i));
  }
  for (std::size_t i = 0; i < ranges.size(); ++i) ranges_[reader.names()[i]] = ranges[i];
}

Range Series::range(const std::string& column) const {
  const auto found = ranges_.find(column);
  return found != ranges_.end() ? found->second : Range{};
}

Curve Series::curve(const std::string& name, const std::string& low, const std::string& high) const {
  Curve wanted = bands_ ? Curve{name + "_q50", name + "_q10", name + "_q90"}
                        : Curve{.line = name, .low = low, .high = high};
  if (!has(wanted.line)) return {};
  if (!has(wanted.low) || !has(wanted.high)) return {.line = wanted.line, .low = {}, .high = {}};
  return wanted;
}

Range Series::range(const Curve& curve) const {
  Range result = range(curve.line);
  result.include(range(curve.low));
  result.include(range(curve.high));
  return result;
}

}  // namespace escapement::report

// What the layout of a figure needs to know of trajectory.csv or bands.csv: the recorded steps, and each column's range.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace escapement::report {

// The values seen. To leave room for margins and ticks, sizes below 1e-280 count as zero; those above 1e280 do not
// count, nor do undefined values.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  double least_positive = std::numeric_limits<double>::infinity();
  bool empty() const { return low > high; }
  bool positive() const { return high > 0; }
  void include(double value);
  void include(const Range& other);
};

// One quantity as it is drawn: a line, and a shade between two more columns where `low` is not empty.
struct Curve {
  std::string line, low, high;  // columns
};

class Series {
 public:
  Series() = default;  // no rows
  // Reads `directory`/trajectory.csv, or bands.csv of an ensemble. Without the file, or without a column `step`: no rows.
  Series(const std::filesystem::path& directory, bool bands);

  const std::string& file() const { return file_; }  // name within the directory
  bool bands() const { return bands_; }
  const std::vector<double>& steps() const { return steps_; }  // ascending
  Range range(const std::string& column) const;                // empty for a column that is absent

  // Name's curve: of an ensemble the median over replicas with 10%..90%, of one run the column itself, shaded between
  // `low` and `high` where those have values. Without values: a curve with an empty line.
  Curve curve(const std::string& name, const std::string& low = {}, const std::string& high = {}) const;
  Range range(const Curve& curve) const;

 private:
  bool has(const std::string& column) const { return !range(column).empty(); }

  std::string file_;
  bool bands_ = false;
  std::vector<double> steps_;
  std::map<std::string, Range> ranges_;
};

}  // namespace escapement::report

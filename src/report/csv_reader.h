// Our CSV files, read line by line as doubles: comma separated, one header line, no quoting, an empty field for what is
// not defined. Files are as large as runs are long, hence nothing is kept but the current line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escapement::report {

class CsvReader {
 public:
  // A file that is absent, empty or unreadable has no columns and no rows.
  explicit CsvReader(const std::filesystem::path& file);

  const std::vector<std::string>& names() const { return names_; }
  std::optional<std::size_t> column(std::string_view name) const;

  bool next();                             // to the next row; false at the end
  double value(std::size_t column) const;  // of the current row; NaN where not defined

 private:
  std::ifstream in_;
  std::string line_;
  std::vector<std::string> names_;
  std::vector<std::string_view> fields_;
};

// The double nearest to `text`, whatever its number of digits; 0 below double's range, NaN above it and for text that is
// no finite number. Independent of the locale.
double parse_double(std::string_view text);

}  // namespace escapement::report

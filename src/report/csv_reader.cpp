#include "escapement/report/csv_reader.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace escapement::report {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

void split_fields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  for (;;) {
    const std::size_t comma = line.find(',');
    fields.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return;
    line.remove_prefix(comma + 1);
  }
}

// Of a number that from_chars calls out of range: whether it is too small rather than too large.
bool underflows(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos && exponent + 1 < text.size()) return text[exponent + 1] == '-';
  const std::size_t digit = text.find_first_not_of("-0");
  return digit == std::string_view::npos || text[digit] == '.';
}

}  // namespace

double parse_double(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return kUndefined;
  if (error == std::errc::result_out_of_range) return underflows(text) ? 0.0 : kUndefined;
  return error == std::errc() && std::isfinite(value) ? value : kUndefined;
}

CsvReader::CsvReader(const std::filesystem::path& file) : in_(file) {
  if (!std::getline(in_, line_)) return;
  split_fields(line_, fields_);
  names_.assign(fields_.begin(), fields_.end());
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (names_[i] == name) return i;
  return std::nullopt;
}

bool CsvReader::next() {
  if (names_.empty() || !std::getline(in_, line_)) return false;
  split_fields(line_, fields_);
  return true;
}

double CsvReader::value(std::size_t column) const {
  return column < fields_.size() ? parse_double(fields_[column]) : kUndefined;
}

}  // namespace escapement::report

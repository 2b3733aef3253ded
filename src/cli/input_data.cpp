#include "escapement/cli/input_data.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "escapement/config/input_error.h"
#include "escapement/config/scan.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool has_comma(std::string_view line) { return line.find(',') != std::string_view::npos; }

// The fields of a line without the blanks around them; with `commas`, empty ones too.
std::vector<std::string_view> fields_of(std::string_view line, bool commas) {
  std::vector<std::string_view> fields;
  if (commas) {
    for (const std::string_view part : config::split(line, ',')) fields.push_back(config::trimmed(part));
    return fields;
  }
  for (line = config::trimmed(line); !line.empty(); line = config::trimmed(line)) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return fields;
}

// Whether a field can be a column's name: neither a number nor the attempt at one, such as nan, -inf or 1e999999999.
bool is_name(std::string_view field) {
  if (field.empty() || std::string_view("0123456789+-.").find(field.front()) != std::string_view::npos)
    return false;
  std::string lower(field);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower != "nan" && lower != "inf" && lower != "infinity";
}

bool is_header(std::string_view line) {
  const std::vector<std::string_view> fields = fields_of(line, has_comma(line));
  return !fields.empty() && std::all_of(fields.begin(), fields.end(), is_name);
}

// The index of the first line with an input.
std::size_t first_input(const std::vector<std::string_view>& lines) {
  std::size_t first = 0;
  while (first < lines.size() && config::trimmed(lines[first]).starts_with('#')) ++first;
  return first < lines.size() && is_header(lines[first]) ? first + 1 : first;
}

}  // namespace

std::vector<std::vector<Exact>> parse_inputs(const std::string& text, const std::string& path) {
  std::string_view rest = text;
  config::take_prefix(rest, kByteOrderMark);
  std::vector<std::string_view> lines = config::split_lines(rest);
  while (!lines.empty() && config::trimmed(lines.back()).empty()) lines.pop_back();
  const std::size_t first = first_input(lines);
  if (first == lines.size())
    throw InputError(path, "", "a data set: one input a line, numbers separated by commas or blanks");
  const bool commas = has_comma(lines[first]);
  std::vector<std::vector<Exact>> rows;
  rows.reserve(lines.size() - first);
  for (std::size_t k = first; k < lines.size(); ++k) {
    const std::string line = fmt::format("{}:{}", path, k + 1);
    const std::vector<std::string_view> fields = fields_of(lines[k], commas);
    if (k > first && fields.size() != rows.front().size())
      throw InputError(line, "", fmt::format("{} numbers as in line {}", rows.front().size(), first + 1),
                       std::to_string(fields.size()));
    std::vector<Exact> row;
    row.reserve(fields.size());
    for (std::size_t j = 0; j < fields.size(); ++j) {
      std::optional<Exact> number = numeric::parse_exact(fields[j]);
      if (!number)
        throw InputError(line, fmt::format("column {}", j + 1), "a number", std::string(fields[j]));
      row.push_back(std::move(*number));
    }
    if (row.empty()) throw InputError(line, "", "an input, not an empty line");
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::vector<Exact>> read_inputs(const std::filesystem::path& path) {
  std::error_code error;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, error))
    throw InputError(path.string(), "", "a data file that can be read");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > kMaxFileBytes) throw InputError(path.string(), "", "a data file of at most 1 GiB");
  return parse_inputs(text, path.string());
}

}  // namespace escapement::cli

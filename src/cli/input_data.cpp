#include "escapement/cli/input_data.h"

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

}  // namespace

std::vector<std::vector<Exact>> parse_inputs(const std::string& text, const std::string& path) {
  std::vector<std::string_view> lines = config::split_lines(text);
  while (!lines.empty() && config::trimmed(lines.back()).empty()) lines.pop_back();
  if (lines.empty()) throw InputError(path, "", "a data set: one input a line, numbers separated by commas");
  std::vector<std::vector<Exact>> rows;
  rows.reserve(lines.size());
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string line = fmt::format("{}:{}", path, k + 1);
    const std::vector<std::string_view> fields = config::split(lines[k], ',');
    if (k > 0 && fields.size() != rows.front().size())
      throw InputError(line, "", fmt::format("{} numbers as in the first line", rows.front().size()),
                       std::to_string(fields.size()));
    std::vector<Exact> row;
    row.reserve(fields.size());
    for (std::size_t j = 0; j < fields.size(); ++j) {
      const std::string_view field = config::trimmed(fields[j]);
      std::optional<Exact> number = numeric::parse_exact(field);
      if (!number)
        throw InputError(line, fmt::format("column {}", j + 1), "a number (there is no header line)",
                         std::string(field));
      row.push_back(std::move(*number));
    }
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

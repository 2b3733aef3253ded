#include "escapement/config/toml_source.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "escapement/config/flat_toml.h"
#include "escapement/config/scan.h"

namespace escapement::config {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
std::string place(const std::string& file_name, std::size_t line) {
  return fmt::format("{}:{}", file_name, line);
}

InputError translated(const toml::parse_error& error, const std::vector<std::string_view>& lines,
                      const std::string& file_name) {
  std::string_view problem = error.description();
  take_prefix(problem, "Error while parsing ");
  const auto has = [problem](std::string_view part) { return problem.find(part) != std::string_view::npos; };
  const std::size_t line = error.source().begin.line;
  const std::string where = place(file_name, std::max<std::size_t>(line, 1));
  const std::string key = line >= 1 && line <= lines.size() ? key_of_line(lines[line - 1]) : std::string();
  if (has("redefine")) return InputError(where, key, "each key once");
  if (has("interpreted as a value") || has("representable in 64 bits") || has("exceeds length limit") ||
      has("hexadecimal floating-point"))
    return InputError(where, key, "numbers that TOML does not have to stand in quotes", std::string(problem));
  return InputError(where, key, "valid TOML", std::string(problem));
}

// The source text between two places on one line; columns count characters, from 1.
std::string_view source_text(const std::vector<std::string_view>& lines, const toml::source_region& region) {
  if (region.begin.line < 1 || region.begin.line > lines.size() || region.end.line != region.begin.line)
    return {};
  const std::string_view line = lines[region.begin.line - 1];
  std::size_t column = 0, begin = line.size(), end = line.size();
  for (std::size_t i = 0; i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0u) == 0x80u) continue;  // inside a character
    ++column;
    if (column == region.begin.column) begin = i;
    if (column == region.end.column) end = i;
  }
  return begin <= end ? line.substr(begin, end - begin) : std::string_view{};
}

// A float as it was written, less what only TOML has: underscores and a plus in front.
std::string float_text(const toml::value<double>& node, const std::vector<std::string_view>& lines) {
  std::string text(source_text(lines, node.source()));
  std::erase(text, '_');
  if (text.starts_with('+')) text.erase(0, 1);
  return text;
}

Setting setting_of(const toml::key& key, const toml::node& node, const std::vector<std::string_view>& lines,
                   const std::string& file_name) {
  Setting setting;
  setting.key = std::string(key.str());
  setting.where = place(file_name, key.source().begin.line);
  if (const auto* text = node.as_string()) {
    setting.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    setting.value = std::to_string(integer->get());
  } else if (const auto* number = node.as_floating_point()) {
    setting.value = float_text(*number, lines);
  } else {
    const std::string written(source_text(lines, node.source()));
    throw InputError(setting.where, setting.key, "a number or a string in quotes", written);
  }
  return setting;
}

}  // namespace

std::vector<Setting> parse_toml(std::string_view text, const std::string& file_name) {
  if (text.size() > kMaxFileSize)
    throw InputError(file_name, "", fmt::format("a file of at most {} bytes", kMaxFileSize));
  take_prefix(text, kByteOrderMark);
  const std::vector<std::string_view> lines = split_lines(text);
  require_flat(text, file_name);
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw translated(error, lines, file_name);
  }
  std::vector<std::pair<const toml::key*, const toml::node*>> nodes;
  for (auto it = table.cbegin(); it != table.cend(); ++it) nodes.emplace_back(&it->first, &it->second);
  std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
    return a.first->source().begin.line < b.first->source().begin.line;
  });
  std::vector<Setting> settings;
  settings.reserve(nodes.size());
  for (const auto& [key, node] : nodes) settings.push_back(setting_of(*key, *node, lines, file_name));
  return settings;
}

std::vector<Setting> read_toml(const std::filesystem::path& file) {
  const std::string name = file.string();
  const auto unreadable = [&name](const std::string& why) {
    return InputError(name, "", "a TOML file that can be read", why);
  };
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) throw unreadable("a directory");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(name.c_str(), "rb"), std::fclose);
  if (in == nullptr) throw unreadable(std::strerror(errno));
  std::string text(kMaxFileSize + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), in.get()));
  if (std::ferror(in.get()) != 0) throw unreadable(std::strerror(errno));
  return parse_toml(text, name);
}

}  // namespace escapement::config

#include "escapement/config/input_error.h"

#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace escapement::config {

namespace {

struct Character {
  std::uint32_t code;
  std::size_t size;  // bytes; 0: no UTF-8 here
};

// The character at the front of a text that is not empty.
Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {lead, 0};
  std::uint32_t code = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0u) != 0x80u) return {lead, 0};
    code = code << 6 | (next & 0x3Fu);
  }
  const bool too_long = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (too_long || surrogate || code > 0x10FFFF) return {lead, 0};
  return {code, size};
}

// Controls, line separators, and marks that are invisible or turn the direction of writing.
bool is_unsafe(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

std::string escaped(std::string_view text, std::size_t limit, bool quotes) {
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const Character c = first_character(text);
    const std::size_t size = c.size == 0 ? 1 : c.size;
    used += size;
    if (used > limit) return out + "...";
    if (c.size == 0)
      out += fmt::format("\\x{:02x}", c.code);
    else if (c.code == '\n')
      out += "\\n";
    else if (c.code == '\t')
      out += "\\t";
    else if (c.code == '\r')
      out += "\\r";
    else if (is_unsafe(c.code))
      out += c.code < 0x100 ? fmt::format("\\x{:02x}", c.code) : fmt::format("\\u{:04x}", c.code);
    else if (quotes && (c.code == '"' || c.code == '\\'))
      (out += '\\') += static_cast<char>(c.code);
    else
      out += text.substr(0, size);
    text.remove_prefix(size);
  }
  return out;
}

std::string message(const std::string& where, const std::string& key, const std::string& expected,
                    const std::optional<std::string>& got) {
  constexpr std::size_t kLongest = 4096;
  std::string line = escaped(where, kLongest, false) + ": ";
  if (!key.empty()) line += fmt::format("key '{}': ", escaped(key, 80, false));
  line += "expected " + escaped(expected, kLongest, false);
  if (got) line += fmt::format(", got \"{}\"", printable(*got));
  return line;
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) { return escaped(text, limit, true); }

InputError::InputError(std::string where, std::string key, std::string expected,
                       std::optional<std::string> got)
    : std::runtime_error(message(where, key, expected, got)),
      where_(std::move(where)),
      key_(std::move(key)),
      expected_(std::move(expected)),
      got_(std::move(got)) {}

}  // namespace escapement::config

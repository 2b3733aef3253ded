#include "escapement/report/markup.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "escapement/report/ball_text.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
bool turns_direction(std::string_view at) {
  if (at.size() < 3 || at[0] != '\xE2') return false;
  const auto second = static_cast<unsigned char>(at[1]), third = static_cast<unsigned char>(at[2]);
  return second == 0x80 ? third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE)
                        : second == 0x81 && third >= 0xA6 && third <= 0xA9;
}

std::string tame(std::string_view text) {
  std::string line = one_line(text);
  for (std::size_t i = 0; i < line.size(); ++i)
    if (turns_direction(std::string_view(line).substr(i))) line.replace(i, 3, "\uFFFD");
  return line;
}

template <class Escape>
std::string each_character(std::string_view text, Escape escape) {
  std::string out;
  for (const char c : tame(text)) out += escape(c);
  return out;
}

struct Scientific {
  std::string mantissa, exponent;
};

std::optional<Scientific> scientific(const std::string& text) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string::npos || e == 0 || text.find_first_not_of("0123456789.-") < e) return std::nullopt;
  std::string exponent = text.substr(e + 1);
  if (exponent.starts_with('+')) exponent.erase(0, 1);
  const std::size_t digits = exponent.starts_with('-') ? 1 : 0;
  if (exponent.size() == digits || exponent.find_first_not_of("0123456789", digits) != std::string::npos)
    return std::nullopt;
  return Scientific{text.substr(0, e), exponent};
}

std::string with_minus(std::string text, const char* minus) {
  if (text.starts_with('-')) text.replace(0, 1, minus);
  return text;
}

}  // namespace

std::string html_text(std::string_view text) {
  return each_character(text, [](char c) -> std::string {
    switch (c) {
      case '&': return "&amp;";
      case '<': return "&lt;";
      case '>': return "&gt;";
      case '"': return "&quot;";
      case '\'': return "&#39;";
      default: return {c};
    }
  });
}

std::string markdown_text(std::string_view text) {
  return each_character(text, [](char c) -> std::string {
    if (std::string_view("\\`*_[]<>|&~$#").find(c) != std::string_view::npos) return {'\\', c};
    return {c};
  });
}

std::string html_number(const std::string& text) {
  const auto parts = scientific(text);
  if (!parts)
    return html_text(text.find_first_not_of("0123456789.-") < text.size() ? text : with_minus(text, "−"));
  return (parts->mantissa == "1" ? "" : with_minus(parts->mantissa, "−") + "×") + "10<sup>" +
         with_minus(parts->exponent, "−") + "</sup>";
}

std::string latex_number(const std::string& text) {
  if (const auto parts = scientific(text))
    return "$" + (parts->mantissa == "1" ? "" : parts->mantissa + "\\times") + "10^{" + parts->exponent +
           "}$";
  return text.starts_with('-') && text.find_first_not_of("0123456789.", 1) == std::string::npos
             ? "$" + text + "$"
             : latex_text(text);
}

std::string html_enhanced(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool raised = text.starts_with("^{"), lowered = text.starts_with("_{");
    const std::size_t end = raised || lowered ? text.find('}') : std::string_view::npos;
    if (end != std::string_view::npos) {
      const std::string name = raised ? "sup" : "sub";
      out += "<" + name + ">" + html_text(text.substr(2, end - 2)) + "</" + name + ">";
      text.remove_prefix(end + 1);
      continue;
    }
    const std::size_t next = std::min(text.find_first_of("^_", 1), text.size());
    out += html_text(text.substr(0, next));
    text.remove_prefix(next);
  }
  return out;
}

std::string anchor_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u < 0x80 && std::isalnum(u) != 0)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "section" : out;
}

}  // namespace escapement::report

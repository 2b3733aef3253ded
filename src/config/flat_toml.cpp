#include "escapement/config/flat_toml.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/input_error.h"
#include "escapement/config/scan.h"

namespace escapement::config {

namespace {

constexpr std::string_view kBare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
constexpr std::string_view kNumber = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+.";

// Walks over valid TOML token by token; what follows the first error of syntax, toml++ does not look at either.
class Walker {
 public:
  Walker(std::string_view text, const std::string& file_name) : text_(text), file_name_(file_name) {}

  void walk() {
    while (at_ < text_.size()) step();
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return skip_string(c);
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    ++at_;
    if (c == '\n') {
      ++line_;
      line_begin_ = at_;
      in_value_ = false;
    }
    if (c == '=' && !in_value_) {
      in_value_ = true;
      take_bare_value();
      return;
    }
    if ((c == '[' || c == '{') && !in_value_) refuse("`key = value` lines only, without tables");
    if (c == '[' || c == '{') refuse("a number or a string in quotes");
    if (c == '.' && !in_value_) refuse("`key = value` lines only, without dots in keys");
    if (static_cast<unsigned char>(c) >= 0x80) refuse("plain ASCII outside quotes and comments");
  }

  // Past blanks and, unless a quote follows, past the one word that a number is.
  void take_bare_value() {
    skip_blanks();
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_not_of(kNumber, at_), text_.size());
    if (at_ == begin) return;
    skip_blanks();
    if (at_ < text_.size() && text_.find_first_of("\r\n#", at_) != at_)
      refuse("a number or a string in quotes");
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t", at_), text_.size()); }

  // Past the string that begins here; a line end before its quote ends it too.
  void skip_string(char quote) {
    if (text_.substr(at_, 3) == std::string(3, quote)) refuse("a string on one line, without triple quotes");
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return;
      }
      const bool escape = quote == '"' && text_[at_] == '\\';
      if (escape && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
    }
  }

  [[noreturn]] void refuse(const std::string& expected) const {
    const std::string_view rest = text_.substr(line_begin_);
    const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
    throw InputError(fmt::format("{}:{}", file_name_, line_), key_of_line(line), expected,
                     std::string(trimmed(line)));
  }

  std::string_view text_;
  const std::string& file_name_;
  std::size_t at_ = 0, line_ = 1, line_begin_ = 0;
  bool in_value_ = false;
};

}  // namespace

void require_flat(std::string_view text, const std::string& file_name) { Walker(text, file_name).walk(); }

std::string key_of_line(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view left = trimmed(line.substr(0, equals));
  return left.find_first_not_of(kBare) == std::string_view::npos ? std::string(left) : std::string();
}

}  // namespace escapement::config

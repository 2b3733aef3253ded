// Bad input: one line that says where, which key, what was expected and what came. The tool exits with 2.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace escapement::config {

class InputError : public std::runtime_error {
 public:
  // `where`: a file, a file with line, `--set`, `preset NAME`, `command line`. `key` may be empty (the input as a whole
  // is at fault). `got` is quoted and shortened; without it the line ends after `expected`.
  //   FILE:3: key 'eta': expected a positive number, got "abc"
  InputError(std::string where, std::string key, std::string expected, std::optional<std::string> got = {});

  const std::string& where() const noexcept { return where_; }
  const std::string& key() const noexcept { return key_; }
  const std::string& expected() const noexcept { return expected_; }
  const std::optional<std::string>& got() const noexcept {
    return got_;
  }  // as it came, neither quoted nor shortened

 private:
  std::string where_, key_, expected_;
  std::optional<std::string> got_;
};

// `text` fit for one line of a terminal: quotes, backslashes, control characters, characters that reorder the line
// and bytes that are no UTF-8 are escaped; beyond `limit` bytes of `text` it is cut and ends in "...".
std::string printable(std::string_view text, std::size_t limit = 80);

}  // namespace escapement::config

// A file of lines of JSON that can be gone on with: what stands there is not measured again.
#pragma once

#include <set>
#include <string>

namespace escapement::hunting {

class Results {
 public:
  // Reads FILE where it exists; a line that was cut short is taken off it. Throws std::runtime_error where it cannot be written.
  explicit Results(std::string file);

  // `key`: the first fields of the line, "\"fault\": \"x\", \"seed\": 1": what was asked, and all that the answer depends on.
  bool has(const std::string& key) const { return keys_.count(key) != 0; }
  // A line of both, written and flushed; `key` must not have been there.
  void add(const std::string& key, const std::string& answer);

 private:
  std::string file_;
  std::set<std::string> keys_;
};

// In JSON: quotes and backslashes escaped.
std::string quoted(const std::string& text);

}  // namespace escapement::hunting

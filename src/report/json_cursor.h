// Strict reading of our own JSON: every complaint names the file, the place in it, and what was expected there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "escapement/numeric/exact.h"
#include "escapement/numeric/truth.h"

namespace escapement::report {

using Json = nlohmann::ordered_json;

// The parsed text. A key that comes twice in one object and nesting beyond 32 levels are errors like any other.
// Throws config::InputError.
Json parse_json(const std::string& text, const std::string& file);

// A value within a file. It refers to both, so they must outlive it. Everything throws config::InputError where the
// value is not what is asked for; the key of the error is the path, "[2].regime.A1.margin".
class JsonCursor {
 public:
  JsonCursor(const Json& value, const std::string& file, std::string path = {})
      : value_(&value), file_(&file), path_(std::move(path)) {}

  [[noreturn]] void fail(const std::string& expected) const;

  bool is_null() const { return value_->is_null(); }
  bool has(std::string_view key) const { return object().contains(key); }
  JsonCursor at(std::string_view key) const;                       // which must be there
  std::vector<JsonCursor> entries() const;                         // of an array
  std::vector<std::string> keys() const;                           // of an object, in the file's order
  void only(std::initializer_list<std::string_view> known) const;  // of an object: no other keys

  std::string text() const;      // a string
  numeric::Exact exact() const;  // a string that parse_exact takes
  double real() const;           // a number, "inf", "-inf", or null: not defined (NaN)
  std::uint64_t count() const;   // a non-negative integer
  bool flag() const;             // true or false
  numeric::Truth truth() const;  // true, false, or null: unknown
  const Json& json() const { return *value_; }

 private:
  const Json& object() const;

  const Json* value_;
  const std::string* file_;
  std::string path_;
};

// What real() and truth() read.
Json real_json(double value);
Json truth_json(numeric::Truth value);

// The text of a file: indented by one, a newline at the end, bytes that are no UTF-8 replaced.
std::string dump_json(const Json& value);
std::string dump_line(const Json& value);  // the same in one line, without the newline

}  // namespace escapement::report

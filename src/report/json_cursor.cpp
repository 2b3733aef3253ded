#include "escapement/report/json_cursor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "escapement/config/input_error.h"

namespace escapement::report {

using config::InputError;
using numeric::Truth;

Json parse_json(const std::string& text, const std::string& file) {
  constexpr int kDeepest = 32;
  std::vector<std::set<std::string>> seen;  // keys of the objects that are open
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kDeepest) throw InputError(file, "", "JSON nested at most 32 levels deep");
    if (event == Json::parse_event_t::object_start) seen.emplace_back();
    if (event == Json::parse_event_t::object_end) seen.pop_back();
    if (event == Json::parse_event_t::key && !seen.back().insert(parsed.get<std::string>()).second)
      throw InputError(file, parsed.get<std::string>(), "each key once");
    return true;
  };
  try {
    return Json::parse(text, watch);
  } catch (const Json::exception& error) {
    throw InputError(file, "", "valid JSON (" + config::printable(error.what(), 160) + ")");
  }
}

void JsonCursor::fail(const std::string& expected) const {
  throw InputError(*file_, path_, expected, value_->dump(-1, ' ', true, Json::error_handler_t::replace));
}

const Json& JsonCursor::object() const {
  if (!value_->is_object()) fail("an object");
  return *value_;
}

JsonCursor JsonCursor::at(std::string_view key) const {
  const std::string path = path_ + (path_.empty() ? "" : ".") + std::string(key);
  const auto found = object().find(std::string(key));
  if (found == value_->end()) throw InputError(*file_, path, "this key");
  return {*found, *file_, path};
}

std::vector<JsonCursor> JsonCursor::entries() const {
  if (!value_->is_array()) fail("an array");
  std::vector<JsonCursor> result;
  for (const Json& entry : *value_)
    result.emplace_back(entry, *file_, path_ + "[" + std::to_string(result.size()) + "]");
  return result;
}

std::vector<std::string> JsonCursor::keys() const {
  std::vector<std::string> result;
  for (const auto& [key, value] : object().items()) result.push_back(key);
  return result;
}

void JsonCursor::only(std::initializer_list<std::string_view> known) const {
  for (const std::string& key : keys())
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw InputError(*file_, path_ + (path_.empty() ? "" : ".") + key,
                       "a key of the format (see docs/formats.md)");
}

std::string JsonCursor::text() const {
  if (!value_->is_string()) fail("a string");
  return value_->get<std::string>();
}

numeric::Exact JsonCursor::exact() const {
  if (value_->is_string())
    if (auto number = numeric::parse_exact(value_->get<std::string>())) return *number;
  fail("an exact number as a string");
}

double JsonCursor::real() const {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (value_->is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (*value_ == "inf") return kInfinity;
  if (*value_ == "-inf") return -kInfinity;
  if (!value_->is_number()) fail("a number, \"inf\", \"-inf\" or null");
  return value_->get<double>();
}

std::uint64_t JsonCursor::count() const {
  if (!value_->is_number_unsigned()) fail("a count");
  return value_->get<std::uint64_t>();
}

bool JsonCursor::flag() const {
  if (!value_->is_boolean()) fail("true or false");
  return value_->get<bool>();
}

Truth JsonCursor::truth() const {
  if (value_->is_null()) return Truth::unknown;
  if (!value_->is_boolean()) fail("true, false or null");
  return numeric::truth(value_->get<bool>());
}

Json real_json(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

Json truth_json(Truth value) { return value == Truth::unknown ? Json() : Json(value == Truth::yes); }

std::string dump_json(const Json& value) {
  return value.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string dump_line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace escapement::report

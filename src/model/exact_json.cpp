#include "escapement/model/exact_json.h"

#include "escapement/config/input_error.h"

namespace escapement::model {

using nlohmann::json;

json* ExactJson::place(json value) {
  if (open_.empty()) return &(root_ = std::move(value));
  json& in = *open_.back();
  if (in.is_object()) return &(in[key_] = std::move(value));
  in.push_back(std::move(value));
  return &in.back();
}

bool ExactJson::put(json value) {
  place(std::move(value));
  return true;
}

// No array moves while one inside it is open: only its last entry grows.
bool ExactJson::open(json empty, std::size_t) {
  open_.push_back(place(std::move(empty)));
  return true;
}

bool ExactJson::close() {
  open_.pop_back();
  return true;
}

bool ExactJson::number_float(number_float_t, const string_t& text) { return put(text); }

bool ExactJson::key(string_t& value) {
  if (open_.size() == 1 && !seen_.insert(value).second)
    throw config::InputError(path_, value, "each key once");
  key_ = value;
  return true;
}

bool ExactJson::parse_error(std::size_t, const std::string&, const json::exception& error) {
  if (const auto* parse = dynamic_cast<const json::parse_error*>(&error)) throw *parse;
  if (const auto* range = dynamic_cast<const json::out_of_range*>(&error)) throw *range;
  throw config::InputError(path_, "", "valid JSON (" + config::printable(error.what(), 160) + ")");
}

}  // namespace escapement::model

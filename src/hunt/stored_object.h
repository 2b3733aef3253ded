// Strict reading of stored finds: every complaint names the file, the key, and what was expected there.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "escapement/config/input_error.h"
#include "escapement/hunt/case_file.h"
#include "escapement/numeric/exact.h"

namespace escapement::hunt {

using numeric::BigInt;
using numeric::Exact;

// At most 16 MiB. Throws config::InputError.
std::string text_of_file(const std::filesystem::path& file);
nlohmann::json parse_stored(const std::string& text, const std::string& path);

// Whether there is a file of another text than the one that is to be written there.
bool holds_other_text(const std::filesystem::path& file, const std::string& text);

// The text of a state: an object with the checksum of all its other keys as the key "checksum".
std::string sealed(nlohmann::json root);
// Reads such a file. Throws config::InputError if it is no JSON object, or if the checksum is not that of the content.
nlohmann::json read_sealed(const std::filesystem::path& file);

// Throws config::InputError if a file of others has the name of a hunt's state, SLUG.state.json, or of one of its finds,
// SLUG-HASH and the ending.
void check_outputs(const std::filesystem::path& directory, const std::string& slug,
                   std::string_view state_format, std::string_view ending, std::string_view format);

// One object of the file; complaints name file and key.
class StoredObject {
 public:
  StoredObject(const nlohmann::json& value, std::string path, std::string prefix,
               const std::set<std::string>& known)
      : value_(value), path_(std::move(path)), prefix_(std::move(prefix)) {
    if (!value.is_object()) throw config::InputError(path_, prefix_, "an object");
    for (const auto& [key, entry] : value.items())
      if (known.count(key) == 0)
        throw config::InputError(path_, prefix_ + config::printable(key),
                                 "a key of the format (see docs/formats.md)");
  }
  [[noreturn]] void fail(const std::string& key, const char* expected) const {
    const bool there = value_.contains(key);
    throw config::InputError(
        path_, prefix_ + key, expected,
        there ? std::optional(value_[key].dump(-1, ' ', true, nlohmann::json::error_handler_t::replace))
              : std::nullopt);
  }
  const nlohmann::json& at(const char* key) const {
    if (!value_.contains(key)) fail(key, "this key");
    return value_[key];
  }
  bool has(const char* key) const { return value_.contains(key); }
  std::string text(const char* key) const {
    if (!at(key).is_string()) fail(key, "a text");
    return at(key).get<std::string>();
  }
  std::uint64_t count(const char* key, std::uint64_t most) const {
    if (!at(key).is_number_unsigned() || at(key).get<std::uint64_t>() > most) fail(key, "a count");
    return at(key).get<std::uint64_t>();
  }
  Exact exact(const char* key, const nlohmann::json& value) const {
    const auto number = value.is_string() ? numeric::parse_exact(value.get<std::string>()) : std::nullopt;
    if (!number) fail(key, "exact numbers as strings");
    return *number;
  }
  Exact exact(const char* key) const { return exact(key, at(key)); }
  std::vector<Exact> vector(const char* key, const nlohmann::json& list) const {
    if (!list.is_array()) fail(key, "an array of exact numbers as strings");
    std::vector<Exact> result;
    for (const nlohmann::json& entry : list) result.push_back(exact(key, entry));
    return result;
  }
  std::vector<std::vector<Exact>> matrix(const char* key) const {
    if (!at(key).is_array()) fail(key, "an array of rows");
    std::vector<std::vector<Exact>> result;
    for (const nlohmann::json& row : at(key)) result.push_back(vector(key, row));
    return result;
  }
  std::vector<BigInt> copies(const char* key, std::size_t rows) const {
    std::vector<BigInt> result;
    if (!has(key)) return result;
    for (const Exact& x : vector(key, at(key))) {
      if (denominator(x) != 1 || x < 1) fail(key, "positive integers as strings");
      result.push_back(numerator(x));
    }
    if (result.size() != rows) fail(key, "one entry for each row");
    return result;
  }

 private:
  const nlohmann::json& value_;
  std::string path_, prefix_;
};

// What every stored find has: "hypotheses" and "lineage" of the file's root.
std::vector<Hypothesis> read_hypotheses(const StoredObject& root, const std::string& path);
Lineage read_lineage(const StoredObject& root, const std::string& path);

}  // namespace escapement::hunt

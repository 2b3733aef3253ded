// Reads JSON so that no number passes through a double: one with a point or an exponent, or beyond 64 bits, becomes the string
// of its text.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace escapement::model {

// For json::sax_parse, which throws json::parse_error if the text is no JSON. Throws config::InputError if the outermost
// object has a key twice.
class ExactJson : public nlohmann::json_sax<nlohmann::json> {
 public:
  ExactJson(nlohmann::json& root, std::string path) : root_(root), path_(std::move(path)) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t& text) override;
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t& value) override { return put(std::move(value)); }
  bool start_object(std::size_t size) override { return open(nlohmann::json::object(), size); }
  bool start_array(std::size_t size) override { return open(nlohmann::json::array(), size); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override;
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::json::exception& error) override;

 private:
  bool put(nlohmann::json value);
  bool open(nlohmann::json empty, std::size_t size);
  bool close();
  nlohmann::json* place(nlohmann::json value);

  nlohmann::json& root_;
  std::string path_;
  std::vector<nlohmann::json*> open_;  // objects and arrays, outermost first
  std::string key_;                    // of the next value of an object
  std::set<std::string> seen_;         // keys of the outermost object
};

}  // namespace escapement::model

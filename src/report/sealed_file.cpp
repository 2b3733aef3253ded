#include "escapement/report/sealed_file.h"

#include "escapement/config/input_error.h"
#include "escapement/numeric/checksum.h"
#include "escapement/report/text_file.h"

namespace escapement::report {

using config::InputError;

namespace {

constexpr const char* kKey = "checksum";

std::string checksum_of(Json root) {
  root.erase(kKey);
  return numeric::checksum(dump_line(root));
}

}  // namespace

std::string sealed(const std::string& object) {
  std::string text = object;
  text.erase(text.rfind("\n}"));
  return text + ",\n \"" + kKey + "\": \"" + checksum_of(Json::parse(object)) + "\"\n}\n";
}

bool has_seal(const Json& root, const std::string& file) {
  if (!root.is_object() || !root.contains(kKey)) return false;
  if (root[kKey] != checksum_of(root))
    throw InputError(file, kKey,
                     "the checksum of the file's content, which was changed since it was written");
  return true;
}

std::string read_sealed(const std::filesystem::path& file, std::vector<std::string>* unsealed) {
  std::string text = read_text(file);
  if (!has_seal(parse_json(text, file.string()), file.string()) && unsealed != nullptr)
    unsealed->push_back(file.string());
  return text;
}

std::string sealed_list(const std::string& head, const char* name, const std::string& list) {
  std::string text = head;
  text.erase(text.rfind("\n}"));
  text += std::string(",\n \"") + name + "\": " + list;
  return sealed(text + (text.back() == '\n' ? "}\n" : "\n}\n"));
}

JsonCursor list_of(const JsonCursor& root, const char* format, const char* name) {
  if (root.json().is_array()) return root;
  if (!root.json().is_object() || !root.has("format"))
    root.fail(std::string("an array, or an object of the format ") + format);
  if (root.at("format").text() != format) root.at("format").fail(std::string("\"") + format + "\"");
  root.only({"format", "version", "command", "again", name, kKey});
  return root.at(name);
}

}  // namespace escapement::report

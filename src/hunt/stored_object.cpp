#include "escapement/hunt/stored_object.h"

#include <fstream>

namespace escapement::hunt {

using config::InputError;
using nlohmann::json;

namespace {

constexpr std::uintmax_t kMostBytes = 1 << 24;

Hypothesis read_hypothesis(const StoredObject& o) {
  Hypothesis h;
  h.name = o.text("name");
  h.detail = o.text("detail");
  if (!o.at("own").is_boolean()) o.fail("own", "true or false");
  h.own = o.at("own").get<bool>();
  const json& holds = o.at("holds");
  if (!holds.is_boolean() && !holds.is_null()) o.fail("holds", "true, false or null");
  h.holds = holds.is_null() ? Truth::unknown : numeric::truth(holds.get<bool>());
  if (const auto margin = o.at("margin").is_string() ? numeric::parse_exact(o.text("margin")) : std::nullopt)
    h.margin = Ball::from(*margin);
  return h;
}

}  // namespace

std::string text_of_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    throw InputError(file.string(), "", "a file that can be read");
  if (std::filesystem::file_size(file, error) > kMostBytes)
    throw InputError(file.string(), "", "a file of at most 16 MiB");
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) throw InputError(file.string(), "", "a file that can be read");
  return text;
}

json parse_stored(const std::string& text, const std::string& path) {
  try {
    return json::parse(text);
  } catch (const json::exception& error) {
    throw InputError(path, "", "valid JSON (" + config::printable(error.what(), 160) + ")");
  }
}

std::vector<Hypothesis> read_hypotheses(const StoredObject& root, const std::string& path) {
  if (!root.at("hypotheses").is_array()) root.fail("hypotheses", "an array");
  std::vector<Hypothesis> list;
  for (const json& h : root.at("hypotheses"))
    list.push_back(
        read_hypothesis(StoredObject(h, path, "hypotheses.", {"name", "own", "holds", "margin", "detail"})));
  return list;
}

Lineage read_lineage(const StoredObject& root, const std::string& path) {
  const StoredObject lineage(root.at("lineage"), path, "lineage.",
                             {"kind", "seed", "parent", "round", "shrinks"});
  return {lineage.text("kind"), lineage.text("seed"), lineage.text("parent"),
          lineage.count("round", ~std::uint64_t{0}), lineage.count("shrinks", ~std::uint64_t{0})};
}

}  // namespace escapement::hunt

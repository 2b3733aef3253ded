#include "escapement/hunt/stored_object.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "escapement/numeric/checksum.h"

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

std::vector<std::filesystem::path> files_ending(const std::filesystem::path& directory,
                                                std::string_view ending) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.front() != '.' && name.size() > ending.size() && name.ends_with(ending))
      files.push_back(at->path());
  }
  if (error) throw InputError(directory.string(), "", "a folder of stored cases (" + error.message() + ")");
  std::sort(files.begin(), files.end());
  return files;
}

void check_replaceable(const std::filesystem::path& file, std::string_view format) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error))) return;
  json root;
  if (std::filesystem::is_regular_file(file, error)) {
    std::ifstream in(file, std::ios::binary);
    root = json::parse(in, nullptr, /*allow_exceptions=*/false);
  }
  if (!root.is_object() || !root.contains("format") || root["format"] != format)
    throw InputError(file.string(), "",
                     fmt::format("a file of the format {}, or no file of that name", format));
}

void check_outputs(const std::filesystem::path& directory, const std::string& slug,
                   std::string_view state_format, std::string_view ending, std::string_view format) {
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) return;
  check_replaceable(directory / (slug + ".state.json"), state_format);
  constexpr std::size_t kHash = 16;
  for (const auto& file : files_ending(directory, ending)) {
    const std::string name = file.filename().string();
    if (name.starts_with(slug + "-") && name.size() == slug.size() + 1 + kHash + ending.size())
      check_replaceable(file, format);
  }
}

json parse_stored(const std::string& text, const std::string& path) {
  try {
    return json::parse(text);
  } catch (const json::exception& error) {
    throw InputError(path, "", "valid JSON (" + config::printable(error.what(), 160) + ")");
  }
}

bool holds_other_text(const std::filesystem::path& file, const std::string& text) {
  std::error_code error;
  return std::filesystem::exists(file, error) && text_of_file(file) != text;
}

std::string sealed(json root) {
  root["checksum"] = numeric::checksum(root.dump());
  return root.dump(1) + "\n";
}

json read_sealed(const std::filesystem::path& file) {
  json root = parse_stored(text_of_file(file), file.string());
  if (!root.is_object()) throw InputError(file.string(), "", "an object");
  const json sum = root.value("checksum", json());
  root.erase("checksum");
  if (sum != numeric::checksum(root.dump(-1, ' ', false, json::error_handler_t::replace)))
    throw InputError(file.string(), "checksum",
                     "the checksum of the file's content; without --resume the hunt starts anew");
  return root;
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

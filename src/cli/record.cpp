#include "escapement/cli/record.h"

#include <algorithm>

#include "escapement/report/sealed_file.h"
#include "escapement/report/text_file.h"

namespace escapement::cli {

using config::InputError;
using report::Json;
using report::JsonCursor;

report::Json read_record(const std::filesystem::path& path, const std::vector<std::string>& formats) {
  const std::string file = path.string();
  Json json = report::parse_json(report::read_text(path), file);
  const JsonCursor root(json, file);
  if (json.is_array())
    throw InputError(file, "again", "this key, which records of earlier versions have not");
  std::string known;
  for (const std::string& format : formats) known += (known.empty() ? "\"" : " or \"") + format + "\"";
  if (std::find(formats.begin(), formats.end(), root.at("format").text()) == formats.end())
    root.at("format").fail(known);
  for (const char* key : {"again", "checksum"})
    if (!root.has(key)) throw InputError(file, key, "this key, which records of earlier versions have not");
  report::has_seal(json, file);
  return json;
}

void refuse_beside_again(const GivenOptions& options) {
  for (const auto& [option, given] : options)
    if (given)
      throw InputError("command line", option, "no such option beside --again, whose record decides it");
}

void add_condition_options(TextOptions& texts, ConditionOptions& o) {
  texts.insert(
      texts.end(),
      {{"c-data", &o.c_data}, {"K", &o.K}, {"c", &o.c}, {"omega", &o.omega}, {"footnote", &o.footnote}});
}

void refuse_beside_again(const TextOptions& texts) {
  for (const auto& [name, text] : texts)
    refuse_beside_again(GivenOptions{{("--" + std::string(name)).c_str(), text->has_value()}});
}

void refuse_beside_again(const ListOptions& lists) {
  for (const auto& [name, list] : lists)
    refuse_beside_again(GivenOptions{{("--" + std::string(name)).c_str(), !list->empty()}});
}

void put_options(Json& again, const TextOptions& texts) {
  for (const auto& [name, text] : texts) again[name] = or_null(*text);
}

void put_options(Json& again, const ListOptions& lists) {
  for (const auto& [name, list] : lists) again[name] = *list;
}

void take_options(const JsonCursor& again, const TextOptions& texts) {
  for (const auto& [name, text] : texts) *text = text_or_null(again.at(name));
}

void take_options(const JsonCursor& again, const ListOptions& lists) {
  for (const auto& [name, list] : lists)
    for (const JsonCursor& entry : again.at(name).entries()) list->push_back(entry.text());
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

std::optional<std::string> text_or_null(const JsonCursor& at) {
  return at.is_null() ? std::nullopt : std::optional(at.text());
}

Json config_json(const config::Config& config) {
  Json json = Json::object();
  for (const auto& [key, value] : config::canonical_entries(config))
    json[key] = {{"value", value}, {"source", config.source_of(key)}};
  return json;
}

std::vector<config::Setting> settings_of(const JsonCursor& config) {
  std::vector<config::Setting> settings;
  for (const std::string& key : config.keys())
    if (std::string source = config.at(key).at("source").text(); source != "default")
      settings.push_back({key, config.at(key).at("value").text(), std::move(source)});
  return settings;
}

void check_fingerprint(const std::filesystem::path& file, const std::string& recorded,
                       const std::string& now) {
  if (now != recorded)
    throw InputError(file.string(), "again",
                     "the values of the fingerprint " + recorded +
                         "; the record was changed, or this version has other keys");
}

}  // namespace escapement::cli

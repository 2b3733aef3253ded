#include "escapement/config/load.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/keys.h"
#include "escapement/config/precision_advice.h"
#include "escapement/config/presets.h"
#include "escapement/config/scan.h"
#include "escapement/config/toml_source.h"
#include "escapement/config/validate.h"

namespace escapement::config {

namespace {

constexpr const char* kSet = "--set";

void apply_all(Config& config, const std::vector<Setting>& settings) {
  for (const Setting& s : settings) apply(config, s.key, s.value, s.where);
}

std::vector<Setting> parse_sets(const std::vector<std::string>& sets) {
  std::vector<Setting> settings;
  for (const std::string& text : sets) {
    Setting next = parse_setting(text);
    const auto same_key = [&next](const Setting& s) { return s.key == next.key; };
    if (const auto first = std::find_if(settings.begin(), settings.end(), same_key); first != settings.end())
      throw InputError(kSet, next.key,
                       fmt::format("each key once, and '{}' came before", printable(first->value)),
                       next.value);
    settings.push_back(std::move(next));
  }
  return settings;
}

}  // namespace

Setting parse_setting(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) throw InputError(kSet, "", "key=value", std::string(text));
  return {std::string(trimmed(text.substr(0, equals))), std::string(trimmed(text.substr(equals + 1))), kSet,
          false};
}

Config load(const Request& request) {
  Config config;
  if (request.preset) {
    const Preset& preset = find_preset(*request.preset);
    for (const auto& [key, value] : preset.entries)
      apply(config, key, value, fmt::format("preset {}", preset.name));
  }
  apply_all(config, request.given);
  const Config as_given = config;
  if (request.file) apply_all(config, read_toml(*request.file));
  apply_all(config, parse_sets(request.sets));
  apply_all(config, request.options);
  for (const Setting& s : request.given) {
    if (!s.fixed) continue;
    const std::string fixed = value_of(as_given, s.key), now = value_of(config, s.key);
    if (now != fixed)
      throw InputError(config.source_of(s.key), s.key, fmt::format("{}, which {} fixes", fixed, s.where),
                       now);
  }
  validate(config);
  choose_precision(config);
  return config;
}

}  // namespace escapement::config

// Named starting points: lists of entries, nothing that an own file or --set could not say.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace escapement::config {

struct PresetEntry {
  std::string_view key, value;
};

struct Preset {
  std::string_view name;
  std::string_view doc;  // one line
  std::span<const PresetEntry> entries;
};

std::span<const Preset> presets();
std::vector<std::string> preset_names();

// Throws InputError (`--preset`) naming the ones there are.
const Preset& find_preset(std::string_view name);

}  // namespace escapement::config

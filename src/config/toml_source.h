// Settings from TOML: `key = value` lines at the top level, nothing nested.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "escapement/config/load.h"

namespace escapement::config {

inline constexpr std::size_t kMaxFileSize = 4'000'000;

// The settings in the order of the file; `where` of each is FILE:LINE. Numbers keep the text they were written as.
// Throws InputError where the file cannot be read, is no TOML, repeats a key or holds anything but strings and numbers.
std::vector<Setting> read_toml(const std::filesystem::path& file);
std::vector<Setting> parse_toml(std::string_view text, const std::string& file_name);

}  // namespace escapement::config

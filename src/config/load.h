// From presets, files and the command line to a checked Config.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/config/config.h"

namespace escapement::config {

struct Setting {
  std::string key, value;
  std::string where;   // named in messages: `--seed`, an instance file
  bool fixed = false;  // nothing later may change it to another value (an instance file's sizes)
};

// Later layers win: defaults, preset, given, file, sets, options.
struct Request {
  std::optional<std::string> preset;
  std::vector<Setting> given;                 // what an instance file says
  std::optional<std::filesystem::path> file;  // TOML: `key = value` lines, no tables
  std::vector<std::string> sets;              // `key=value` of --set, each key at most once
  std::vector<Setting> options;               // options of their own such as --seed; a sweep's point
};

// Throws InputError for the first thing that is wrong; keys that contradict each other are checked last.
// The batch of full-batch rules becomes `full` and the start of `oscillation` `chain` where nothing set them.
Config load(const Request& request);

// `key=value` of --set; blanks around the two do not count. Throws InputError.
Setting parse_setting(std::string_view text);

}  // namespace escapement::config

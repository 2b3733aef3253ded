// The table of keys: the single truth about names, meanings, defaults, and how values are read and written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "escapement/config/config.h"

namespace escapement::config {

enum class KeyKind { integer, real, other };  // what a range of a sweep may run over

struct Key {
  std::string name;
  std::string doc;       // one line: meaning and unit
  std::string expected;  // completes "expected ..."
  KeyKind kind;
  bool (*parse)(std::string_view text, Config& config);  // false, and config untouched: not what is expected
  std::string (*print)(const Config& config);            // canonical
};

const std::vector<Key>& keys();

// Throws InputError naming the nearest key where there is none of this name.
const Key& find_key(std::string_view name, const std::string& where);

// Sets one key and its source. Throws InputError.
void apply(Config& config, std::string_view key, std::string_view value, const std::string& where);

// Every key with its meaning, what it accepts and its default, for --help.
std::string key_help();

}  // namespace escapement::config

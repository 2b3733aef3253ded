// What a flat TOML file may look like, checked before toml++ parses it.
#pragma once

#include <string>
#include <string_view>

namespace escapement::config {

// Throws InputError for tables, arrays, dotted keys, strings of several lines, values of several words, and characters
// beyond ASCII outside strings and comments. None of them means anything to us, and toml++ 3.3 takes none of them well
// from strangers: it recurses once per level when it destroys `a.a.a...`, asserts on `[[[` and on `1979-05-27 4`, and
// runs into undefined behaviour at a letter beyond ASCII where it looks for a blank.
void require_flat(std::string_view text, const std::string& file_name);

// The bare key that a line sets, or nothing.
std::string key_of_line(std::string_view line);

}  // namespace escapement::config

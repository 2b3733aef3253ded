// Small readers of text that the parsers of values share.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::config {

// Removes `prefix` from the front of `text` if it is there.
bool take_prefix(std::string_view& text, std::string_view prefix);

std::string_view trimmed(std::string_view text);  // without blanks and tabs at both ends

// The parts between separators, empty ones too; a separator inside [] is part of its part.
std::vector<std::string_view> split(std::string_view text, char separator);

std::vector<std::string_view> split_lines(std::string_view text);  // without \n and \r\n

// An exact integer in [least, most].
std::optional<std::uint64_t> scan_integer(std::string_view text, std::uint64_t least = 0,
                                          std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// The number of edits (insert, delete, replace, swap neighbours) between two short words.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace escapement::config

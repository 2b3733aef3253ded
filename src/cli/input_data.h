// A data set given as text: one input x_k a line, d numbers separated by commas or by blanks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::cli {

// Returns rows [n x d], n, d >= 1, every number exact. Commas separate if the first input has one, else blanks and tabs.
// Skips a byte-order mark, comment lines (#) in front, and one header line if every field of it is a name. Throws
// config::InputError naming the file, the line and the column of the first field that is not a number, or the line that
// does not have the width of the first input.
std::vector<std::vector<numeric::Exact>> read_inputs(const std::filesystem::path& path);
std::vector<std::vector<numeric::Exact>> parse_inputs(const std::string& text, const std::string& path);

}  // namespace escapement::cli

// A data set given as text: one input x_k a line, d numbers separated by commas, nothing else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::cli {

// Rows [n x d], n, d >= 1, every number exact. Throws config::InputError naming the file, the line and the column of the
// first thing that is not a number or not of the first line's width; blanks around numbers do not count.
std::vector<std::vector<numeric::Exact>> read_inputs(const std::filesystem::path& path);
std::vector<std::vector<numeric::Exact>> parse_inputs(const std::string& text, const std::string& path);

}  // namespace escapement::cli

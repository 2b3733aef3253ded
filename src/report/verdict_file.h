// verdicts.json: an array of objects, one for each verdict (docs/formats.md). What is written is what is read back:
// texts exactly, enclosures as enclosures of themselves.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

using theory::Verdict;

std::string verdicts_json(const std::vector<Verdict>& verdicts);

// Strict: a key that is missing, unknown or of the wrong kind throws config::InputError with the file, the index and
// the key, "[2].regime.A1.margin".
std::vector<Verdict> parse_verdicts(const std::string& text, const std::string& file);
std::vector<Verdict> read_verdicts(const std::filesystem::path& file);

}  // namespace escapement::report

// verdicts.json: an object with an array of objects, one for each verdict (docs/formats.md). What is written is what is read
// back: texts exactly, enclosures as enclosures of themselves.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

using theory::Verdict;

inline constexpr const char* kVerdictsFormat = "escapement-verdicts/1";

std::string verdicts_json(const std::vector<Verdict>& verdicts);  // the array
// The file. `head`: what it says of itself, an object as dump_json writes it (cli/check_again.h), "format" first.
std::string verdicts_file(const std::string& head, const std::vector<Verdict>& verdicts);

// Strict: a key that is missing, unknown or of the wrong kind throws config::InputError with the file, the index and
// the key, "verdicts[2].regime.A1.margin". Both take the array alone as well. The first does not look at the checksum.
std::vector<Verdict> parse_verdicts(const std::string& text, const std::string& file);
// `unsealed`: see read_sealed.
std::vector<Verdict> read_verdicts(const std::filesystem::path& file,
                                   std::vector<std::string>* unsealed = nullptr);

}  // namespace escapement::report

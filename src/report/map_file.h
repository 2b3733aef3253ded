// map.json: an array of validity maps (docs/formats.md), written and read like verdicts.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

using theory::ValidityMap;

std::string map_json(const std::vector<ValidityMap>& maps);

// Strict, as parse_verdicts; the keys' values must be exact numbers, and positive where the axis is logarithmic.
std::vector<ValidityMap> parse_maps(const std::string& text, const std::string& file);
std::vector<ValidityMap> read_maps(const std::filesystem::path& file);

}  // namespace escapement::report

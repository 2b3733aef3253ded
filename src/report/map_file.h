// map.json: an object with an array of validity maps (docs/formats.md), written and read like verdicts.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

using theory::ValidityMap;

inline constexpr const char* kMapFormat = "escapement-map/1";

std::string map_json(const std::vector<ValidityMap>& maps);  // the array
std::string map_file(const std::string& head, const std::vector<ValidityMap>& maps);

// Strict, as parse_verdicts; the keys' values must be exact numbers, and positive where the axis is logarithmic.
std::vector<ValidityMap> parse_maps(const std::string& text, const std::string& file);
std::vector<ValidityMap> read_maps(const std::filesystem::path& file,
                                   std::vector<std::string>* unsealed = nullptr);

}  // namespace escapement::report

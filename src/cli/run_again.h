// `run --again run.json`: what a record needs to be repeated, written and read.
#pragma once

#include <nlohmann/json.hpp>

#include "escapement/cli/run_point.h"

namespace escapement::cli {

// What the point was asked, before it ran.
AskedPoint asked_of(const config::Config& config);
// The member "again" of run.json.
nlohmann::ordered_json again_json(const Point& point, const RunArguments& arguments);

// The arguments with those of the record in the place of --again; the same without it. Throws config::InputError if the
// record is damaged, or if an option that it decides is beside it.
RunArguments recalled(const RunArguments& arguments);
// Throws config::InputError if configuration or instance are not those of the record.
void check_recalled(const RunArguments& arguments, const std::vector<Point>& points);

// The checksum of a file. Throws config::InputError if it cannot be read.
std::string checksum_of_file(const std::filesystem::path& file);

}  // namespace escapement::cli

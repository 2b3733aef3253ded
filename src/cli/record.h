// What the records that --again takes have in common: run.json, verdicts.json, map.json, study.json, hunt.json.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "escapement/config/load.h"
#include "escapement/report/json_cursor.h"

namespace escapement::cli {

// The JSON of a record. Throws config::InputError: of none of the formats, of an earlier version, or changed.
report::Json read_record(const std::filesystem::path& file, const std::vector<std::string>& formats);

// An option that a record decides, and whether it was given. Throws config::InputError for the first that was.
void refuse_beside_again(const std::vector<std::pair<const char*, bool>>& options);

report::Json or_null(const std::optional<std::string>& text);
std::optional<std::string> text_or_null(const report::JsonCursor& at);

// The configuration of a record: every key with its exact value and where that came from, and back without defaults.
report::Json config_json(const config::Config& config);
std::vector<config::Setting> settings_of(const report::JsonCursor& config);

// Throws config::InputError: the record's values are not those of its fingerprint.
void check_fingerprint(const std::filesystem::path& file, const std::string& recorded,
                       const std::string& now);

}  // namespace escapement::cli

// What the records that --again takes have in common: run.json, verdicts.json, map.json, study.json, hunt.json.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "escapement/cli/condition_options.h"
#include "escapement/config/load.h"
#include "escapement/report/json_cursor.h"

namespace escapement::cli {

// The JSON of a record. Throws config::InputError: of none of the formats, of an earlier version, or changed.
report::Json read_record(const std::filesystem::path& file, const std::vector<std::string>& formats);

// An option that a record decides, and whether it was given. Throws config::InputError for the first that was.
using GivenOptions = std::vector<std::pair<const char*, bool>>;
void refuse_beside_again(const GivenOptions& options);

// Options by their names without dashes: where the text of each is, or the list of its texts.
using TextOptions = std::vector<std::pair<const char*, std::optional<std::string>*>>;
using ListOptions = std::vector<std::pair<const char*, std::vector<std::string>*>>;
// Those that say what Condition 1 leaves undefined.
void add_condition_options(TextOptions& texts, ConditionOptions& options);
void refuse_beside_again(const TextOptions& texts);
void refuse_beside_again(const ListOptions& lists);
// To and from the object `again` of a record.
void put_options(report::Json& again, const TextOptions& texts);
void put_options(report::Json& again, const ListOptions& lists);
void take_options(const report::JsonCursor& again, const TextOptions& texts);
void take_options(const report::JsonCursor& again, const ListOptions& lists);

report::Json or_null(const std::optional<std::string>& text);
std::optional<std::string> text_or_null(const report::JsonCursor& at);

// The configuration of a record: every key with its exact value and where that came from, and back without defaults.
report::Json config_json(const config::Config& config);
std::vector<config::Setting> settings_of(const report::JsonCursor& config);

// Throws config::InputError: the record's values are not those of its fingerprint.
void check_fingerprint(const std::filesystem::path& file, const std::string& recorded,
                       const std::string& now);

}  // namespace escapement::cli

// `replay` of finds about runs: what it says of one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "escapement/config/config.h"
#include "escapement/hunt/chance/chance_replay.h"

namespace escapement::cli {

// double where nothing is said. Throws config::InputError.
config::PrecisionChoice precision_of_runs(const std::optional<std::string>& text);
// --seed S, or any with --fresh; none: the stored streams. Throws config::InputError.
std::optional<std::uint64_t> new_seed_of(const std::optional<std::string>& seed, bool fresh);

std::string runs_answer_text(const std::filesystem::path& file, const hunt::StoredChance& stored,
                             const hunt::ChanceReplay& answer);
nlohmann::ordered_json runs_answer_json(const std::filesystem::path& file, const hunt::StoredChance& stored,
                                        const hunt::ChanceReplay& answer);

}  // namespace escapement::cli

// What `hunt` and `replay` print of finds about runs.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "escapement/hunt/chance/chance_hunter.h"
#include "escapement/hunt/frontier.h"
#include "escapement/hunt/refuted_constants.h"

namespace escapement::cli {

struct HuntedRuns {
  const hunt::ChanceTarget* target = nullptr;
  hunt::ChanceHunted hunted;
  std::string frontier_key;  // empty: not asked
  std::vector<hunt::Border> borders;
};

std::string text_of(const HuntedRuns& row);
nlohmann::ordered_json json_of(const HuntedRuns& row);

// The member "frontier" of either kind of row.
nlohmann::ordered_json borders_json(const std::string& key, const std::vector<hunt::Border>& borders);

// Adds "refutes_constants_below" and "refutes_only_small_constants", both null if there is no constant.
void add_refuted(nlohmann::ordered_json& entry, const std::optional<hunt::RefutedConstants>& refuted);
// The same as a line for a person; empty if there is no constant.
std::string refuted_line(const std::optional<hunt::RefutedConstants>& refuted);

// A find as a person would be told it, several lines.
std::string chance_text(const hunt::StoredChance& stored);

}  // namespace escapement::cli

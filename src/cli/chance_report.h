// What `hunt` and `replay` print of finds about runs.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "escapement/hunt/chance/chance_hunter.h"
#include "escapement/hunt/frontier.h"

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

// A find as a person would be told it, several lines.
std::string chance_text(const hunt::StoredChance& stored);

}  // namespace escapement::cli

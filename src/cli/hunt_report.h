// What `hunt` and `replay` print.
#pragma once

#include <string>
#include <vector>

#include "escapement/hunt/frontier.h"
#include "escapement/hunt/hunter.h"

namespace escapement::cli {

struct HuntedRow {
  const hunt::Target* target = nullptr;
  hunt::Hunted hunted;
  std::string frontier_key;  // empty: not asked
  std::vector<hunt::Border> borders;
};

std::string hunted_text(const HuntedRow& row);
std::string hunted_json(const std::vector<HuntedRow>& rows);
// A case as a person would be told it, several lines.
std::string case_text(const hunt::StoredCase& stored);

}  // namespace escapement::cli

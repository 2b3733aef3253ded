// What `hunt` and `replay` print.
#pragma once

#include <string>
#include <vector>

#include "escapement/cli/chance_report.h"
#include "escapement/hunt/frontier.h"
#include "escapement/hunt/hunter.h"

namespace escapement::cli {

struct HuntedRow {
  const hunt::Target* target = nullptr;
  hunt::Hunted hunted;
  std::string frontier_key;  // empty: not asked
  std::vector<hunt::Border> borders;
};

// What there is to say of a row, on one line, as it travels between ranks and stands in journals.
std::string hunted_line(const HuntedRow& row);
std::string hunted_line(const HuntedRuns& row);
// From such lines: for a person; whether something was found; JSON of all rows.
std::string hunted_text(const std::string& line);
bool hunted_found(const std::string& line);
std::string hunted_json(const std::vector<std::string>& lines);
// A case as a person would be told it, several lines.
std::string case_text(const hunt::StoredCase& stored);

}  // namespace escapement::cli

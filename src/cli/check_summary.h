// What `escapement check` ends with: the exit code of its outcomes, and a map's line of counts.
#pragma once

#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::cli {

// Returns 0 if every outcome is `holds` or `supported`, 1 if one is `violated`, and 3 if none is violated and one is
// `undecided` or `vacuous`, or, if `strict`, `supported`.
int exit_code(const std::vector<theory::Outcome>& outcomes, bool strict);

// "lemma-4.4 literal: 7 points, 1 holds, 0 supported, ...", with its line break.
std::string map_summary(const theory::ValidityMap& map);

}  // namespace escapement::cli

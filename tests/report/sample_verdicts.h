// Verdicts and maps as they come: every outcome and kind of evidence, a ladder, a sample, numbers of any size. The values
// are made up, for the looks of a report.
#pragma once

#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::test {

std::vector<theory::Verdict> sample_verdicts();
std::vector<theory::Verdict> hostile_verdicts();  // texts that would be markup in HTML, Markdown or LaTeX
std::vector<theory::ValidityMap>
sample_maps();  // over eta and m, near one and inside Condition 1; over eta alone
theory::ValidityMap hostile_map();

numeric::Ball decimal(const char* value);

}  // namespace escapement::test

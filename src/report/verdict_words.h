// What stands beside a verdict's words, as text: the constant and the range of `supported`, trials and alpha of
// `sampled`, the radius of `certified`, the theorem of `proved`, the file of `counterexample`.
#pragma once

#include <string>

#include "escapement/theory/verdict.h"

namespace escapement::report {

// Returns one line; empty if the outcome and the evidence need nothing beside them. What the verdict carries without
// resting on it (a sample beside a proof, theorems that do not decide) is left out.
std::string companions_text(const theory::Verdict& verdict);

std::string row_name(const theory::Verdict& verdict);  // "lemma-4.3 1a typical"

// alpha of a sampled row, in three digits; empty for other evidence.
std::string error_probability_text(const theory::Verdict& verdict);

}  // namespace escapement::report

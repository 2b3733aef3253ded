// The table of verdicts: a row each, what was claimed, what was found and what that rests on.
#pragma once

#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

using theory::Verdict;

// The cells of a row as plain text. Numbers are shortened to six digits; `error_probability` is empty where nothing was
// sampled.
struct VerdictRow {
  std::string statement, clause, reading, inside, outcome, evidence, measured, bound, error_probability;
};
VerdictRow verdict_row(const Verdict& verdict);

// For a terminal. Empty without verdicts.
std::string verdict_table_text(const std::vector<Verdict>& verdicts);

// A table in GitHub's Markdown, and a LaTeX table environment for \usepackage{booktabs}: ASCII, to be \input.
std::string verdict_table_markdown(const std::vector<Verdict>& verdicts);
std::string verdict_table_latex(const std::vector<Verdict>& verdicts);

std::string inside_text(theory::Truth inside);  // yes, no, unknown

}  // namespace escapement::report

// The table of verdicts: a row each with what was claimed and what was found, then a line for each row whose outcome
// or evidence needs more beside it (verdict_words.h).
#pragma once

#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

using theory::Verdict;

// The cells of a row as plain text. Numbers are shortened to six digits; `error_probability` is empty unless the evidence
// is `sampled`.
struct VerdictRow {
  std::string statement, clause, reading, inside, outcome, evidence, measured, bound, error_probability;
};
VerdictRow verdict_row(const Verdict& verdict);

// For a terminal. Empty without verdicts.
std::string verdict_table_text(const std::vector<Verdict>& verdicts);

// A table in GitHub's Markdown, and a LaTeX tabular for \usepackage{booktabs}: ASCII, to be \input. A list, or a box,
// below it has the lines.
std::string verdict_table_markdown(const std::vector<Verdict>& verdicts);
std::string verdict_table_latex(const std::vector<Verdict>& verdicts);

std::string inside_text(theory::Truth inside);  // yes, no, unknown

}  // namespace escapement::report

#include "escapement/report/verdict_table.h"

#include <cmath>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/markup.h"
#include "escapement/report/table.h"

namespace escapement::report {

using theory::Truth;

namespace {

const std::vector<std::string> kHeader{"statement", "clause",   "reading", "inside",           "outcome",
                                       "evidence",  "measured", "bound",   "error probability"};

std::vector<std::string> cells(const VerdictRow& r) {
  return {r.statement, r.clause,   r.reading, r.inside,           r.outcome,
          r.evidence,  r.measured, r.bound,   r.error_probability};
}

constexpr std::size_t kFirstNumber = 6;

}  // namespace

std::string inside_text(Truth inside) {
  return inside == Truth::yes ? "yes" : inside == Truth::no ? "no" : "unknown";
}

VerdictRow verdict_row(const Verdict& v) {
  VerdictRow row{v.statement,
                 v.clause,
                 v.reading,
                 inside_text(v.regime.inside),
                 to_string(v.outcome),
                 to_string(v.evidence),
                 brief(v.measured),
                 brief(v.bound),
                 ""};
  if (v.sample && std::isfinite(v.sample->alpha))
    row.error_probability = fmt::format("{:.3g}", v.sample->alpha);
  return row;
}

std::string verdict_table_text(const std::vector<Verdict>& verdicts) {
  if (verdicts.empty()) return "";
  std::vector<std::string> header = kHeader;
  header.back() = "error prob.";
  Table table(header);
  for (const Verdict& v : verdicts) table.add_row(cells(verdict_row(v)));
  return table.text();
}

std::string verdict_table_markdown(const std::vector<Verdict>& verdicts) {
  std::string text = "|", rule = "|";
  for (std::size_t i = 0; i < kHeader.size(); ++i) {
    text += " " + kHeader[i] + " |";
    rule += i < kFirstNumber ? " --- |" : " ---: |";
  }
  text += "\n" + rule + "\n";
  for (const Verdict& v : verdicts) {
    text += "|";
    for (const std::string& cell : cells(verdict_row(v))) text += " " + markdown_text(cell) + " |";
    text += "\n";
  }
  return text;
}

std::string verdict_table_latex(const std::vector<Verdict>& verdicts) {
  std::string text = "% needs \\usepackage{booktabs}, \\usepackage{textcomp}, \\usepackage{amssymb}\n";
  text += "\\begin{tabular}{llllllrrr}\n\\toprule\n";
  for (std::size_t i = 0; i < kHeader.size(); ++i) text += (i == 0 ? "" : " & ") + kHeader[i];
  text += " \\\\\n\\midrule\n";
  for (const Verdict& v : verdicts) {
    const std::vector<std::string> row = cells(verdict_row(v));
    for (std::size_t i = 0; i < row.size(); ++i)
      text += (i == 0 ? "" : " & ") + (i < kFirstNumber ? latex_text(row[i]) : latex_number(row[i]));
    text += " \\\\\n";
  }
  return text + "\\bottomrule\n\\end{tabular}\n";
}

}  // namespace escapement::report

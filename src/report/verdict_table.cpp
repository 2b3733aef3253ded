#include "escapement/report/verdict_table.h"

#include "escapement/report/ball_text.h"
#include "escapement/report/markup.h"
#include "escapement/report/table.h"
#include "escapement/report/verdict_words.h"

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
constexpr const char* kNotes = "What these rest on";

// A line for each verdict that has companions (verdict_words.h), within `before` and `after`.
template <class Escape>
std::string notes_of(const std::vector<Verdict>& verdicts, const std::string& before,
                     const std::string& after, Escape escape) {
  std::string text;
  for (const Verdict& v : verdicts)
    if (const std::string line = companions_text(v); !line.empty())
      text += before + escape(row_name(v)) + ": " + escape(line) + after;
  return text;
}

}  // namespace

std::string inside_text(Truth inside) {
  return inside == Truth::yes ? "yes" : inside == Truth::no ? "no" : "unknown";
}

VerdictRow verdict_row(const Verdict& v) {
  return {v.statement,
          v.clause,
          v.reading,
          inside_text(v.regime.inside),
          to_string(v.outcome),
          to_string(v.evidence),
          brief(v.measured),
          brief(v.bound),
          error_probability_text(v)};
}

std::string verdict_table_text(const std::vector<Verdict>& verdicts) {
  if (verdicts.empty()) return "";
  std::vector<std::string> header = kHeader;
  header.back() = "error prob.";
  Table table(header);
  for (const Verdict& v : verdicts) table.add_row(cells(verdict_row(v)));
  Table notes({"", ""});
  for (const Verdict& v : verdicts)
    if (const std::string text = companions_text(v); !text.empty()) notes.add_row({row_name(v), text});
  notes.align(1, Align::left);
  return table.text() + (notes.empty() ? "" : std::string("\n") + kNotes + ":\n" + notes.text(2));
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
  const std::string notes = notes_of(verdicts, "- ", "\n", markdown_text);
  return notes.empty() ? text : text + "\n" + kNotes + ":\n\n" + notes;
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
  text += "\\bottomrule\n\\end{tabular}\n";
  const std::string notes = notes_of(verdicts, "\\par ", "\n", latex_text);
  if (notes.empty()) return text;
  return text + "\\par\\smallskip\n\\parbox{\\linewidth}{\\footnotesize\\raggedright " + kNotes + ":\n" +
         notes + "}\n";
}

}  // namespace escapement::report

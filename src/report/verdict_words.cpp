#include "escapement/report/verdict_words.h"

#include <cmath>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/theory/verdict_rules.h"

namespace escapement::report {

using theory::Evidence;
using theory::Outcome;
using theory::Verdict;

namespace {

std::string support_text(const theory::Support& support) {
  std::string text = "constant needed at most " + brief(support.constant);
  for (const theory::Range& range : support.range) {
    text += (&range == &support.range.front() ? " for " : ", ") + range.key + " " + brief(range.low);
    if (range.low != range.high) text += ".." + brief(range.high);
  }
  return text;
}

std::string sample_text(const Verdict& v) {
  std::string text = fmt::format("{} failures", v.sample->failures);
  if (v.sample->ambiguous > 0) text += fmt::format(" and {} ambiguous", v.sample->ambiguous);
  text += fmt::format(" in {} trials", v.sample->trials);
  const std::string alpha = error_probability_text(v);
  return alpha.empty() ? text : text + ", alpha " + alpha;
}

std::string proof_text(const Verdict& v) {
  std::string text;
  for (const theory::Theorem* t : theory::deciding_theorems(v))
    text += (text.empty() ? "" : ", ") + t->name + " (" + t->scope + ")";
  return text;
}

std::string case_text(const Verdict& v) {
  std::string text;
  for (const std::string& name : theory::stored_cases(v)) text += (text.empty() ? "case " : ", ") + name;
  return text;
}

std::string evidence_text(const Verdict& v) {
  switch (v.evidence) {
    case Evidence::sampled: return v.sample ? sample_text(v) : "";
    case Evidence::computed: return "";
    case Evidence::certified:
      if (v.radius.empty()) return "";
      return v.radius == "0" ? "radius 0, exact" : "radius " + brief(v.radius);
    case Evidence::proved: return proof_text(v);
    case Evidence::counterexample: return case_text(v);
  }
  return "";
}

}  // namespace

std::string companions_text(const Verdict& v) {
  std::string text = v.outcome == Outcome::supported && v.support ? support_text(*v.support) : "";
  const std::string evidence = evidence_text(v);
  return text + (text.empty() || evidence.empty() ? "" : "; ") + evidence;
}

std::string row_name(const Verdict& v) {
  return v.statement + " " + v.clause + (v.clause.empty() ? "" : " ") + v.reading;
}

std::string error_probability_text(const Verdict& v) {
  if (v.evidence != Evidence::sampled || !v.sample || !std::isfinite(v.sample->alpha)) return "";
  return fmt::format("{:.3g}", v.sample->alpha);
}

}  // namespace escapement::report

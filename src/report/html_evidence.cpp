// What a verdict's outcome and evidence rest on, and the theorems that stand beside the row.
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "escapement/report/html_verdict.h"
#include "escapement/report/markup.h"
#include "escapement/report/verdict_words.h"
#include "escapement/theory/verdict_rules.h"

namespace escapement::report {

using theory::Evidence;
using theory::Theorem;
using theory::Verdict;

namespace {

// Each name once, in order.
std::string codes_html(const std::vector<std::string>& names) {
  std::string out;
  for (auto name = names.begin(); name != names.end(); ++name)
    if (std::find(names.begin(), name, *name) == name)
      out += (out.empty() ? "<code>" : ", <code>") + html_text(*name) + "</code>";
  return out;
}

std::string range_html(const theory::Range& range) {
  std::string out = html_text(range.key) + " = " + number_html(range.low);
  if (range.low != range.high) out += " to " + number_html(range.high);
  return out;
}

void add_support(const theory::Support& support, Facts& facts) {
  facts.emplace_back("constant needed", "at most " + number_html(support.constant));
  std::string range;
  for (const theory::Range& one : support.range) range += (range.empty() ? "" : ", ") + range_html(one);
  facts.emplace_back("evaluated for", range);
}

void add_proof(const std::vector<const Theorem*>& theorems, Facts& facts) {
  std::vector<std::string> names;
  std::string says, scope;
  for (const Theorem* t : theorems) {
    names.push_back(t->name);
    if (!t->says.empty()) says += (says.empty() ? "" : "; ") + html_text(t->says);
    if (!t->scope.empty()) scope += (scope.empty() ? "" : "; ") + html_text(t->scope);
  }
  facts.emplace_back("theorem", codes_html(names));
  facts.emplace_back("scope", scope);
  facts.emplace_back("it says", says);
}

std::string theorem_html(const Theorem& t) {
  std::string out = fmt::format("<li><code>{}</code>, {}: {}", html_text(t.name),
                                t.disproves ? "disproved" : "proved", html_text(t.says));
  if (!t.scope.empty()) out += ". Scope: " + html_text(t.scope);
  return out + "</li>\n";
}

bool is_file(const std::string& name) {
  return name.ends_with(".cert") || name.ends_with(".case.json") || name.ends_with(".runs.json");
}

}  // namespace

Facts evidence_facts(const Verdict& v) {
  Facts facts;
  if (v.outcome == theory::Outcome::supported && v.support) add_support(*v.support, facts);
  facts.emplace_back("evidence", to_string(v.evidence));
  if (v.evidence == Evidence::sampled && v.sample) {
    facts.emplace_back("trials", std::to_string(v.sample->trials));
    facts.emplace_back("failures", std::to_string(v.sample->failures));
    facts.emplace_back("error probability alpha", html_number(error_probability_text(v)));
  }
  if (v.evidence == Evidence::certified)
    facts.emplace_back("radius", v.radius == "0" ? "0, exact" : number_html(v.radius));
  if (v.evidence == Evidence::proved) add_proof(theory::deciding_theorems(v), facts);
  if (v.evidence == Evidence::counterexample) facts.emplace_back("case", codes_html(theory::stored_cases(v)));
  return facts;
}

std::string theorems_html(const Verdict& v) {
  std::vector<const Theorem*> rests_on;
  if (v.evidence == Evidence::proved) rests_on = theory::deciding_theorems(v);
  std::size_t proved = 0, disproved = 0;
  std::string list;
  for (const Theorem& t : v.theorems) {
    if (std::find(rests_on.begin(), rests_on.end(), &t) != rests_on.end()) continue;
    ++(t.disproves ? disproved : proved);
    list += theorem_html(t);
  }
  std::vector<std::string> names, files;
  for (const std::string& name : v.proofs) {
    const bool told =
        std::any_of(v.theorems.begin(), v.theorems.end(), [&](const Theorem& t) { return t.name == name; });
    if (is_file(name))
      files.push_back(name);
    else if (!told)
      names.push_back(name);
  }
  if (v.evidence == Evidence::counterexample)
    std::erase_if(files, [](const std::string& name) { return !name.ends_with(".cert"); });
  std::string body,
      summary = names.empty() ? "Counterexamples to this statement" : "Theorems about this statement";
  if (!list.empty()) {
    body = "<ul class=\"theorems\">\n" + list + "</ul>\n";
    summary = fmt::format("Theorems about this statement: {} proved, {} disproved", proved, disproved);
  }
  if (!names.empty()) body += "<p>Theorems by name: " + codes_html(names) + "</p>\n";
  if (!files.empty()) body += "<p>Counterexamples at their own parameters: " + codes_html(files) + "</p>\n";
  if (!body.empty()) body = "<p>They stand beside the row; its outcome does not rest on them.</p>\n" + body;
  return details_html(summary, body);
}

}  // namespace escapement::report

// For every outcome with every evidence: each format shows what must stand beside the two words, and nothing that belongs
// to another outcome or evidence, although the verdict carries it.
#include <map>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/report/html_verdict.h"
#include "escapement/report/outcome_style.h"
#include "escapement/report/verdict_file.h"
#include "escapement/report/verdict_table.h"
#include "escapement/theory/verdict_rules.h"

#include "report/sample_verdicts.h"

using namespace escapement::report;
using namespace escapement::test;
using namespace escapement::theory;
using Catch::Contains;

namespace {

const std::string kCase = "lemma-4.5-literal-00aa.case.json";

// What belongs to a word, in text and in HTML. No part occurs elsewhere in the verdict.
using Parts = std::vector<std::string>;
const std::map<Evidence, Parts> kText{
    {Evidence::sampled, {"0.0375", "61234", "211 failures", "17 ambiguous"}},
    {Evidence::computed, {}},
    {Evidence::certified, {"radius 7.75e-41"}},
    {Evidence::proved, {"decider (every width above 777)"}},
    {Evidence::counterexample, {"case " + kCase}}};
const std::map<Evidence, Parts> kHtml{
    {Evidence::sampled,
     {"<dt>trials</dt><dd>61234</dd>", "<dt>failures</dt><dd>211</dd>",
      "<dt>error probability alpha</dt><dd>0.0375</dd>"}},
    {Evidence::computed, {}},
    {Evidence::certified, {"<dt>radius</dt><dd>7.75×10<sup>−41</sup></dd>"}},
    {Evidence::proved,
     {"<dt>theorem</dt><dd><code>decider</code></dd>", "<dt>scope</dt><dd>every width above 777</dd>",
      "<dt>it says</dt><dd>settles the claim</dd>"}},
    {Evidence::counterexample, {"<dt>case</dt><dd><code>" + kCase + "</code></dd>"}}};
const Parts kSupportText{"constant needed at most 1.375 for eta 3e-55..7e-5, m 12"},
    kSupportHtml{"<dt>constant needed</dt><dd>at most 1.375</dd>",
                 "<dt>evaluated for</dt><dd>eta = 3×10<sup>−55</sup> to 7×10<sup>−5</sup>, m = 12</dd>"};

// The pairs of words that mean something.
bool goes_together(Outcome outcome, Evidence evidence) {
  switch (evidence) {
    case Evidence::sampled: return outcome != Outcome::vacuous;
    case Evidence::computed:
    case Evidence::certified: return true;
    case Evidence::proved: return outcome == Outcome::holds || outcome == Outcome::violated;
    case Evidence::counterexample: return outcome == Outcome::violated;
  }
  return false;
}

// Carries what any evidence needs, whatever its own is.
Verdict laden(Outcome outcome, Evidence evidence) {
  Verdict v;
  v.statement = "lemma-4.5";
  v.clause = "1";
  v.reading = "generic";
  v.outcome = outcome;
  v.evidence = evidence;
  v.bound = "0.5";
  v.measured = "0.25";
  v.sample = Sample{61234, 211, 17, 0.0375, 2, 2, 0.001, 0.002, 0.6};
  v.radius = "7.75e-41";
  const bool decided = outcome == Outcome::holds || outcome == Outcome::violated;
  v.theorems = {
      {"beside", outcome == Outcome::holds, "speaks of one start", "a single neuron", false},
      {"decider", outcome == Outcome::violated, "settles the claim", "every width above 777", decided}};
  v.proofs = {"beside", "decider", "elsewhere.cert", kCase};
  if (outcome == Outcome::supported)
    v.support = Support{"1.375", {{"eta", "3e-55", "7e-5"}, {"m", "12", "12"}}};
  return v;
}

std::vector<std::string> tables_of(const Verdict& v) {
  return {verdict_table_text({v}), verdict_table_markdown({v}), verdict_table_latex({v})};
}

// What the card says of the row itself.
std::string facts_of(const std::string& card) {
  const auto from = card.find("<dl class=\"facts\">");
  return card.substr(from, card.find("</dl>", from) - from);
}

void check_parts(const std::string& shown, const Parts& parts, bool wanted) {
  for (const std::string& part : parts)
    if (wanted)
      CHECK_THAT(shown, Contains(part));
    else
      CHECK_THAT(shown, !Contains(part));
}

template <class Check>
void each_pair(Check check) {
  for (const Outcome outcome : kOutcomes)
    for (const Evidence evidence : kEvidence) {
      INFO(to_string(outcome) << ", " << to_string(evidence));
      check(outcome, evidence, goes_together(outcome, evidence));
    }
}

}  // namespace

TEST_CASE("the pairs of words that mean something are those without a fault") {
  each_pair([](Outcome outcome, Evidence evidence, bool sound) {
    CHECK(faults_of(laden(outcome, evidence)).empty() == sound);
  });
}

TEST_CASE("the tables show what the words need, and nothing that other words would need") {
  each_pair([](Outcome outcome, Evidence evidence, bool sound) {
    for (const std::string& table : tables_of(laden(outcome, evidence))) {
      CHECK_THAT(table, Contains(to_string(outcome)) && Contains(to_string(evidence)));
      check_parts(table, kSupportText, outcome == Outcome::supported);
      for (const auto& [other, parts] : kText)
        if (other != evidence || sound) check_parts(table, parts, other == evidence);
      check_parts(table, {"beside", "elsewhere", "speaks of one start"}, false);
    }
  });
}

TEST_CASE("the error probability's cell is that of sampled rows alone") {
  each_pair([](Outcome outcome, Evidence evidence, bool) {
    const std::string cell = verdict_row(laden(outcome, evidence)).error_probability;
    CHECK(cell == (evidence == Evidence::sampled ? "0.0375" : ""));
  });
}

TEST_CASE("a verdict's card shows the same beside its words, and the rest elsewhere") {
  each_pair([](Outcome outcome, Evidence evidence, bool sound) {
    const std::string card = verdict_html(laden(outcome, evidence), "it"), facts = facts_of(card);
    CHECK_THAT(facts, Contains("<dt>evidence</dt><dd>" + to_string(evidence) + "</dd>"));
    CHECK_THAT(card, Contains("<span class=\"outcome " + to_string(outcome) + "\">"));
    check_parts(facts, kSupportHtml, outcome == Outcome::supported);
    for (const auto& [other, parts] : kHtml)
      if (other != evidence || sound) check_parts(facts, parts, other == evidence);
    check_parts(facts, {"beside", "elsewhere", "speaks of one start"}, false);
    // Theorems and files that are not the row's evidence, in their own words.
    const std::string word = outcome == Outcome::holds ? "disproved" : "proved";
    CHECK_THAT(card, Contains("<li><code>beside</code>, " + word +
                              ": speaks of one start. Scope: a single neuron</li>"));
    CHECK_THAT(card, Contains("Counterexamples at their own parameters: <code>elsewhere.cert</code>"));
    const bool rests = evidence == Evidence::proved && sound;
    check_parts(card, {"<li><code>decider</code>"}, !rests);
    check_parts(card, {"<code>elsewhere.cert</code>, <code>" + kCase}, evidence != Evidence::counterexample);
    check_parts(card, {"<summary>Sample</summary>"}, evidence == Evidence::sampled);
    check_parts(card, {"<summary>Sample: the outcome does not rest on it</summary>"},
                evidence != Evidence::sampled);
  });
}

TEST_CASE("verdicts.json has what the words need") {
  each_pair([](Outcome outcome, Evidence evidence, bool sound) {
    const Verdict v = laden(outcome, evidence);
    const auto json = nlohmann::ordered_json::parse(verdicts_json({v})).at(0);
    CHECK(json.at("outcome") == to_string(outcome));
    CHECK(json.at("evidence") == to_string(evidence));
    CHECK(json.at("support").is_null() == (outcome != Outcome::supported));
    if (outcome == Outcome::supported) {
      CHECK(json.at("support").at("constant") == "1.375");
      CHECK(json.at("support").at("range").at(0) ==
            nlohmann::ordered_json{{"key", "eta"}, {"low", "3e-55"}, {"high", "7e-5"}});
    }
    if (!sound) return;
    if (evidence == Evidence::sampled) {
      CHECK(json.at("alpha") == 0.0375);
      CHECK(json.at("trials") == 61234);
      CHECK(json.at("sample").at("failures") == 211);
    }
    if (evidence == Evidence::certified) CHECK(json.at("radius") == "7.75e-41");
    if (evidence == Evidence::proved)
      CHECK(json.at("theorems").at(1) == nlohmann::ordered_json{{"name", "decider"},
                                                                {"disproves", outcome == Outcome::violated},
                                                                {"says", "settles the claim"},
                                                                {"scope", "every width above 777"},
                                                                {"decides", true}});
    if (evidence == Evidence::counterexample) CHECK(json.at("proofs").at(3) == kCase);
  });
  // What is not there is null or empty, not something that looks like a number.
  Verdict bare;
  const auto json = nlohmann::ordered_json::parse(verdicts_json({bare})).at(0);
  for (const char* key : {"alpha", "trials", "sample", "ladder", "support"}) CHECK(json.at(key).is_null());
  CHECK(json.at("radius") == "");
  CHECK(json.at("theorems").empty());
}

TEST_CASE("a verdict without what its words need shows no empty place for it") {
  each_pair([](Outcome outcome, Evidence evidence, bool) {
    Verdict v;
    v.outcome = outcome;
    v.evidence = evidence;
    for (const std::string& table : tables_of(v)) CHECK_THAT(table, !Contains("rest on"));
    CHECK_THAT(verdict_html(v, "it"), !Contains("<dd></dd>") && !Contains("Theorems"));
  });
}

TEST_CASE("the sample verdicts carry what they say") {
  for (const Verdict& v : sample_verdicts()) {
    INFO(v.statement << " " << v.clause << " " << v.reading);
    CHECK(faults_of(v).empty());
  }
}

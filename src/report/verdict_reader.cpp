#include <algorithm>

#include "escapement/report/ball_text.h"
#include "escapement/report/json_cursor.h"
#include "escapement/report/sealed_file.h"
#include "escapement/report/verdict_file.h"

namespace escapement::report {

using numeric::Ball;
using numeric::Exact;
using numeric::Truth;

namespace {

Exact radius_of(const JsonCursor& radii, const char* key) {
  if (!radii.has(key)) return 0;
  const Exact radius = radii.at(key).exact();
  if (radius < 0) radii.at(key).fail("a radius that is not negative");
  return radius;
}

theory::Assumption read_assumption(const std::string& name, const JsonCursor& json) {
  json.only({"holds", "margin", "margin_radius", "detail"});
  theory::Assumption a;
  a.name = name;
  a.holds = json.at("holds").truth();
  a.detail = json.at("detail").text();
  const JsonCursor margin = json.at("margin");
  const bool unbounded = margin.json() == "inf" || margin.json() == "-inf";
  if (unbounded && a.holds != numeric::truth(margin.json() == "inf"))
    margin.fail("inf where it holds, -inf where not");
  if (!unbounded && !margin.is_null()) a.margin = ball_of(margin.exact(), radius_of(json, "margin_radius"));
  return a;
}

std::vector<std::string> read_texts(const JsonCursor& json) {
  std::vector<std::string> texts;
  for (const JsonCursor& entry : json.entries()) texts.push_back(entry.text());
  return texts;
}

theory::Regime read_regime(const JsonCursor& json) {
  theory::Regime regime;
  for (const std::string& key : json.keys())
    if (key != "needed" && key != "inside") regime.assumptions.push_back(read_assumption(key, json.at(key)));
  regime.needed = read_texts(json.at("needed"));
  for (const std::string& name : regime.needed)
    if (std::none_of(regime.assumptions.begin(), regime.assumptions.end(),
                     [&](const theory::Assumption& a) { return a.name == name; }))
      json.at("needed").fail("names of conditions that are listed beside it");
  regime.inside = json.at("inside").truth();
  return regime;
}

theory::Rung read_rung(const JsonCursor& json) {
  json.only({"at", "limit", "bound", "measured", "constant", "radius"});
  static const Json kNone = Json::object();
  static const std::string kNoFile;
  const JsonCursor radii = json.has("radius") ? json.at("radius") : JsonCursor(kNone, kNoFile);
  radii.only({"limit", "bound", "measured", "constant"});
  const auto ball = [&](const char* key) {
    const JsonCursor value = json.at(key);
    if (!value.is_null()) return ball_of(value.exact(), radius_of(radii, key));
    Ball undefined;
    arb_indeterminate(undefined.raw());
    return undefined;
  };
  json.at("at").exact();
  return {json.at("at").text(), ball("limit"), ball("bound"), ball("measured"), ball("constant")};
}

theory::Ladder read_ladder(const JsonCursor& json) {
  json.only(
      {"key", "limit_name", "quantity", "exponent", "exponent_low", "exponent_high", "confidence", "rungs"});
  theory::Ladder ladder;
  ladder.key = json.at("key").text();
  ladder.limit_name = json.at("limit_name").text();
  ladder.quantity = json.at("quantity").text();
  ladder.exponent = json.at("exponent").real();
  ladder.exponent_low = json.at("exponent_low").real();
  ladder.exponent_high = json.at("exponent_high").real();
  ladder.confidence = json.at("confidence").real();
  for (const JsonCursor& rung : json.at("rungs").entries()) ladder.rungs.push_back(read_rung(rung));
  return ladder;
}

theory::Sample read_sample(const JsonCursor& verdict) {
  const JsonCursor json = verdict.at("sample");
  json.only(
      {"failures", "ambiguous", "log10_e_violated", "log10_e_holds", "low", "high", "smallest_detectable"});
  theory::Sample s;
  s.trials = verdict.at("trials").count();
  s.alpha = verdict.at("alpha").real();
  s.failures = json.at("failures").count();
  s.ambiguous = json.at("ambiguous").count();
  if (s.failures > s.trials || s.ambiguous > s.trials - s.failures)
    json.fail("failures and ambiguous trials that are at most `trials` together");
  s.log10_e_violated = json.at("log10_e_violated").real();
  s.log10_e_holds = json.at("log10_e_holds").real();
  s.low = json.at("low").real();
  s.high = json.at("high").real();
  s.smallest_detectable = json.at("smallest_detectable").real();
  return s;
}

theory::Support read_support(const JsonCursor& json) {
  json.only({"constant", "range"});
  theory::Support support{json.at("constant").text(), {}};
  for (const JsonCursor& range : json.at("range").entries()) {
    range.only({"key", "low", "high"});
    support.range.push_back({range.at("key").text(), range.at("low").text(), range.at("high").text()});
  }
  return support;
}

theory::Theorem read_theorem(const JsonCursor& json) {
  json.only({"name", "disproves", "says", "scope", "decides"});
  return {json.at("name").text(), json.at("disproves").flag(), json.at("says").text(),
          json.at("scope").text(), json.at("decides").flag()};
}

Verdict read_verdict(const JsonCursor& json) {
  json.only({"statement", "clause",  "reading",  "parameters", "regime",  "claim",  "bound",
             "measured",  "outcome", "evidence", "alpha",      "trials",  "proofs", "seed",
             "reproduce", "basis",   "sample",   "ladder",     "support", "radius", "theorems"});
  Verdict v;
  v.statement = json.at("statement").text();
  v.clause = json.at("clause").text();
  v.reading = json.at("reading").text();
  const JsonCursor parameters = json.at("parameters");
  for (const std::string& key : parameters.keys()) v.parameters.emplace_back(key, parameters.at(key).text());
  v.regime = read_regime(json.at("regime"));
  v.claim = json.at("claim").text();
  v.bound = json.at("bound").text();
  v.measured = json.at("measured").text();
  const auto outcome = theory::outcome_of(json.at("outcome").text());
  if (!outcome) json.at("outcome").fail("holds, supported, violated, vacuous or undecided");
  v.outcome = *outcome;
  const auto evidence = theory::evidence_of(json.at("evidence").text());
  if (!evidence) json.at("evidence").fail("sampled, computed, certified, proved or counterexample");
  v.evidence = *evidence;
  v.proofs = read_texts(json.at("proofs"));
  v.seed = json.at("seed").text();
  v.reproduce = json.at("reproduce").text();
  v.basis = json.at("basis").text();
  if (!json.at("sample").is_null()) {
    v.sample = read_sample(json);
  } else {
    for (const char* key : {"alpha", "trials"})
      if (!json.at(key).is_null()) json.at(key).fail("null where there is no sample");
  }
  if (!json.at("ladder").is_null()) v.ladder = read_ladder(json.at("ladder"));
  if (!json.at("support").is_null()) v.support = read_support(json.at("support"));
  if (v.support.has_value() != (v.outcome == theory::Outcome::supported))
    json.at("support").fail("null, except where the outcome is supported");
  v.radius = json.at("radius").text();
  for (const JsonCursor& theorem : json.at("theorems").entries()) v.theorems.push_back(read_theorem(theorem));
  return v;
}

}  // namespace

std::vector<Verdict> parse_verdicts(const std::string& text, const std::string& file) {
  const Json json = parse_json(text, file);
  std::vector<Verdict> verdicts;
  const JsonCursor list = list_of(JsonCursor(json, file), kVerdictsFormat, "verdicts");
  for (const JsonCursor& entry : list.entries()) verdicts.push_back(read_verdict(entry));
  return verdicts;
}

std::vector<Verdict> read_verdicts(const std::filesystem::path& file, std::vector<std::string>* unsealed) {
  return parse_verdicts(read_sealed(file, unsealed), file.string());
}

}  // namespace escapement::report

#include "escapement/report/ball_text.h"
#include "escapement/report/json_cursor.h"
#include "escapement/report/sealed_file.h"
#include "escapement/report/verdict_file.h"

namespace escapement::report {

using numeric::Ball;
using numeric::Truth;

namespace {

Json regime_json(const theory::Regime& regime) {
  Json json = Json::object();
  for (const theory::Assumption& a : regime.assumptions) {
    Json one{{"holds", truth_json(a.holds)}};
    if (a.margin && a.margin->is_finite()) {
      const BallText text = ball_text(*a.margin);
      one["margin"] = text.value;
      if (text.radius != "0") one["margin_radius"] = text.radius;
    } else {
      one["margin"] = a.holds == Truth::unknown ? Json() : Json(a.holds == Truth::yes ? "inf" : "-inf");
    }
    one["detail"] = a.detail;
    json[a.name] = std::move(one);
  }
  json["needed"] = regime.needed;
  json["inside"] = truth_json(regime.inside);
  return json;
}

Json rung_json(const theory::Rung& rung) {
  Json json{{"at", rung.at}}, radius = Json::object();
  const auto put = [&](const char* key, const Ball& x) {
    if (!x.is_finite()) {
      json[key] = nullptr;
      return;
    }
    const BallText text = ball_text(x);
    json[key] = text.value;
    if (text.radius != "0") radius[key] = text.radius;
  };
  put("limit", rung.limit);
  put("bound", rung.bound);
  put("measured", rung.measured);
  put("constant", rung.constant);
  if (!radius.empty()) json["radius"] = std::move(radius);
  return json;
}

Json ladder_json(const theory::Ladder& ladder) {
  Json json{{"key", ladder.key},
            {"limit_name", ladder.limit_name},
            {"quantity", ladder.quantity},
            {"exponent", real_json(ladder.exponent)},
            {"exponent_low", real_json(ladder.exponent_low)},
            {"exponent_high", real_json(ladder.exponent_high)},
            {"confidence", real_json(ladder.confidence)}};
  json["rungs"] = Json::array();
  for (const theory::Rung& rung : ladder.rungs) json["rungs"].push_back(rung_json(rung));
  return json;
}

// Without `alpha` and `trials`, which stand beside it.
Json sample_json(const theory::Sample& s) {
  return {{"failures", s.failures},
          {"ambiguous", s.ambiguous},
          {"log10_e_violated", real_json(s.log10_e_violated)},
          {"log10_e_holds", real_json(s.log10_e_holds)},
          {"low", real_json(s.low)},
          {"high", real_json(s.high)},
          {"smallest_detectable", real_json(s.smallest_detectable)}};
}

Json support_json(const theory::Support& s) {
  Json json{{"constant", s.constant}, {"range", Json::array()}};
  for (const theory::Range& r : s.range)
    json["range"].push_back({{"key", r.key}, {"low", r.low}, {"high", r.high}});
  return json;
}

Json theorem_json(const theory::Theorem& t) {
  return {{"name", t.name},
          {"disproves", t.disproves},
          {"says", t.says},
          {"scope", t.scope},
          {"decides", t.decides}};
}

Json verdict_json(const Verdict& v) {
  Json json{{"statement", v.statement}, {"clause", v.clause}, {"reading", v.reading}};
  json["parameters"] = Json::object();
  for (const auto& [key, value] : v.parameters) json["parameters"][key] = value;
  json["regime"] = regime_json(v.regime);
  json["claim"] = v.claim;
  json["bound"] = v.bound;
  json["measured"] = v.measured;
  json["outcome"] = to_string(v.outcome);
  json["evidence"] = to_string(v.evidence);
  json["alpha"] = v.sample ? real_json(v.sample->alpha) : Json();
  json["trials"] = v.sample ? Json(v.sample->trials) : Json();
  json["proofs"] = v.proofs;
  json["seed"] = v.seed;
  json["reproduce"] = v.reproduce;
  json["basis"] = v.basis;
  json["sample"] = v.sample ? sample_json(*v.sample) : Json();
  json["ladder"] = v.ladder ? ladder_json(*v.ladder) : Json();
  json["support"] = v.support ? support_json(*v.support) : Json();
  json["radius"] = v.radius;
  json["theorems"] = Json::array();
  for (const theory::Theorem& t : v.theorems) json["theorems"].push_back(theorem_json(t));
  return json;
}

}  // namespace

std::string verdicts_json(const std::vector<Verdict>& verdicts) {
  Json json = Json::array();
  for (const Verdict& v : verdicts) json.push_back(verdict_json(v));
  return dump_json(json);
}

std::string verdicts_file(const std::string& head, const std::vector<Verdict>& verdicts) {
  return sealed_list(head, "verdicts", verdicts_json(verdicts));
}

}  // namespace escapement::report

#include "escapement/judge/verdict_text.h"

#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace escapement::judge {

using Json = nlohmann::json;
using numeric::Ball;
using theory::Truth;
using theory::Verdict;

namespace {

struct NoText {};  // thrown where a field is not what it has to be

Json of(double x) { return fmt::format("{:a}", x); }
Json of(Truth x) { return static_cast<int>(x); }
Json of(const Ball& x) { return x.dump(); }

double real(const Json& json) { return std::strtod(json.get_ref<const std::string&>().c_str(), nullptr); }

template <class E>
E one_of(const Json& json, int last) {
  const int value = json.get<int>();
  if (value < 0 || value > last) throw NoText();
  return static_cast<E>(value);
}
Truth truth(const Json& json) {
  for (const Truth t : {Truth::no, Truth::yes, Truth::unknown})
    if (json.get<int>() == static_cast<int>(t)) return t;
  throw NoText();
}
Ball ball(const Json& json) {
  Ball value;
  if (!Ball::undump(json.get_ref<const std::string&>(), value)) throw NoText();
  return value;
}

Json regime_json(const theory::Regime& regime) {
  Json json{{"needed", regime.needed}, {"inside", of(regime.inside)}, {"assumptions", Json::array()}};
  for (const theory::Assumption& a : regime.assumptions)
    json["assumptions"].push_back(
        Json::array({a.name, of(a.holds), a.margin ? of(*a.margin) : Json(), a.detail}));
  return json;
}

theory::Regime regime_of(const Json& json) {
  theory::Regime regime;
  for (const Json& one : json.at("assumptions")) {
    theory::Assumption a{one.at(0), truth(one.at(1)), {}, one.at(3)};
    if (!one.at(2).is_null()) a.margin = ball(one.at(2));
    regime.assumptions.push_back(std::move(a));
  }
  regime.needed = json.at("needed").get<std::vector<std::string>>();
  regime.inside = truth(json.at("inside"));
  return regime;
}

Json ladder_json(const theory::Ladder& l) {
  Json json{l.key,
            l.limit_name,
            l.quantity,
            of(l.exponent),
            of(l.exponent_low),
            of(l.exponent_high),
            of(l.confidence),
            Json::array()};
  for (const theory::Rung& r : l.rungs)
    json.back().push_back(Json::array({r.at, of(r.limit), of(r.bound), of(r.measured), of(r.constant)}));
  return json;
}

theory::Ladder ladder_of(const Json& json) {
  theory::Ladder ladder{json.at(0),       json.at(1),       json.at(2),       {},
                        real(json.at(3)), real(json.at(4)), real(json.at(5)), real(json.at(6))};
  for (const Json& r : json.at(7))
    ladder.rungs.push_back({r.at(0), ball(r.at(1)), ball(r.at(2)), ball(r.at(3)), ball(r.at(4))});
  return ladder;
}

Json sample_json(const theory::Sample& s) {
  return {s.trials,
          s.failures,
          s.ambiguous,
          of(s.alpha),
          of(s.log10_e_violated),
          of(s.log10_e_holds),
          of(s.low),
          of(s.high),
          of(s.smallest_detectable)};
}

theory::Sample sample_of(const Json& json) {
  return {json.at(0),       json.at(1),       json.at(2),       real(json.at(3)), real(json.at(4)),
          real(json.at(5)), real(json.at(6)), real(json.at(7)), real(json.at(8))};
}

Json support_json(const theory::Support& s) {
  Json json{s.constant, Json::array()};
  for (const theory::Range& r : s.range) json.back().push_back(Json::array({r.key, r.low, r.high}));
  return json;
}

theory::Support support_of(const Json& json) {
  theory::Support support{json.at(0), {}};
  for (const Json& r : json.at(1)) support.range.push_back({r.at(0), r.at(1), r.at(2)});
  return support;
}

Json theorems_json(const std::vector<theory::Theorem>& theorems) {
  Json json = Json::array();
  for (const theory::Theorem& t : theorems)
    json.push_back(Json::array({t.name, t.disproves, t.says, t.scope, t.decides}));
  return json;
}

std::vector<theory::Theorem> theorems_of(const Json& json) {
  std::vector<theory::Theorem> theorems;
  for (const Json& t : json) theorems.push_back({t.at(0), t.at(1), t.at(2), t.at(3), t.at(4)});
  return theorems;
}

// What the parser or a reader throws on a text that is not ours is "no text".
template <class T, class F>
std::optional<T> read(const std::string& text, F fields) {
  try {
    return fields(Json::parse(text));
  } catch (const Json::exception&) {
  } catch (const NoText&) {
  }
  return std::nullopt;
}

std::string line(const Json& json) { return json.dump(-1, ' ', true); }

}  // namespace

std::string verdict_text(const Verdict& v) {
  Json json{{"statement", v.statement}, {"clause", v.clause}, {"reading", v.reading}};
  json["parameters"] = v.parameters;
  json["regime"] = regime_json(v.regime);
  json["says"] = {v.claim, v.bound, v.measured, v.basis};
  json["outcome"] = static_cast<int>(v.outcome);
  json["evidence"] = static_cast<int>(v.evidence);
  if (v.sample) json["sample"] = sample_json(*v.sample);
  if (v.ladder) json["ladder"] = ladder_json(*v.ladder);
  if (v.support) json["support"] = support_json(*v.support);
  json["radius"] = v.radius;
  json["theorems"] = theorems_json(v.theorems);
  json["proofs"] = v.proofs;
  json["seed"] = v.seed;
  json["reproduce"] = v.reproduce;
  return line(json);
}

std::optional<Verdict> verdict_of(const std::string& text) {
  return read<Verdict>(text, [](const Json& json) {
    Verdict v;
    v.statement = json.at("statement");
    v.clause = json.at("clause");
    v.reading = json.at("reading");
    v.parameters = json.at("parameters").get<std::vector<theory::Parameter>>();
    v.regime = regime_of(json.at("regime"));
    const Json& says = json.at("says");
    v.claim = says.at(0);
    v.bound = says.at(1);
    v.measured = says.at(2);
    v.basis = says.at(3);
    v.outcome = one_of<theory::Outcome>(json.at("outcome"), static_cast<int>(theory::Outcome::undecided));
    v.evidence =
        one_of<theory::Evidence>(json.at("evidence"), static_cast<int>(theory::Evidence::counterexample));
    if (json.contains("sample")) v.sample = sample_of(json.at("sample"));
    if (json.contains("ladder")) v.ladder = ladder_of(json.at("ladder"));
    if (json.contains("support")) v.support = support_of(json.at("support"));
    v.radius = json.at("radius");
    v.theorems = theorems_of(json.at("theorems"));
    v.proofs = json.at("proofs").get<std::vector<std::string>>();
    v.seed = json.at("seed");
    v.reproduce = json.at("reproduce");
    return v;
  });
}

std::string map_point_text(const theory::MapPoint& p) {
  return line(
      {p.x, p.y, static_cast<int>(p.outcome), static_cast<int>(p.inside), p.bound, p.measured, p.level});
}

std::optional<theory::MapPoint> map_point_of(const std::string& text) {
  return read<theory::MapPoint>(text, [](const Json& json) {
    theory::MapPoint p;
    p.x = json.at(0);
    p.y = json.at(1);
    p.outcome = one_of<theory::Outcome>(json.at(2), static_cast<int>(theory::Outcome::undecided));
    p.inside = truth(json.at(3));
    p.bound = json.at(4);
    p.measured = json.at(5);
    p.level = json.at(6);
    return p;
  });
}

}  // namespace escapement::judge

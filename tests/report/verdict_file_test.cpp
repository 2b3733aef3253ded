#include "escapement/report/verdict_file.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/config/input_error.h"
#include "escapement/numeric/precision.h"
#include "escapement/report/map_file.h"
#include "escapement/report/text_file.h"

#include "report/sample_run.h"
#include "report/sample_verdicts.h"

using namespace escapement::report;
using namespace escapement::test;
using escapement::config::InputError;
using nlohmann::ordered_json;
namespace fs = std::filesystem;
namespace theory = escapement::theory;

namespace {

const fs::path kData = fs::path(ESCAPEMENT_TEST_DATA) / "report";

// The committed file; what was written instead lies beside the test for a look.
void check_golden(const fs::path& file, const std::string& text) {
  INFO("the golden file " << file);
  const std::string golden = fs::exists(file) ? read_text(file) : "";
  if (golden != text) {
    fs::create_directories(file.parent_path().filename());
    std::ofstream(file.parent_path().filename() / file.filename()) << text;
  }
  CHECK(golden == text);
}

std::string complaint(const std::string& text) {
  try {
    parse_verdicts(text, "it.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

// Without radii, which each writing widens by a little.
void drop_radii(ordered_json& json) {
  if (json.is_object()) {
    json.erase("radius");
    json.erase("margin_radius");
  }
  if (!json.is_structured()) return;  // a number would be its own entry
  for (auto& entry : json) drop_radii(entry);
}
ordered_json without_radii(const std::string& text) {
  auto json = ordered_json::parse(text);
  drop_radii(json);
  return json;
}

// The complaint about the sample after a change.
template <class Change>
std::string complaint_after(Change change) {
  auto json = ordered_json::parse(verdicts_json(sample_verdicts()));
  change(json);
  return complaint(json.dump());
}

using Catch::Contains;

}  // namespace

TEST_CASE("verdicts and maps are written as the committed files") {
  const auto head = [](const char* format) {
    return ordered_json{{"format", format}, {"version", "0"}, {"command", "escapement check"}}.dump(1);
  };
  check_golden(kData / "paper" / "verdicts.json", verdicts_file(head(kVerdictsFormat), sample_verdicts()));
  check_golden(kData / "paper" / "map.json", map_file(head(kMapFormat), sample_maps()));
  check_golden(kData / "hostile" / "verdicts.json", verdicts_file(head(kVerdictsFormat), hostile_verdicts()));
  check_golden(kData / "hostile" / "map.json", map_file(head(kMapFormat), {hostile_map()}));
}

TEST_CASE("what is written reads back and is written the same") {
  for (const auto& verdicts : {sample_verdicts(), hostile_verdicts(), std::vector<Verdict>{}}) {
    const std::string text = verdicts_json(verdicts);
    const auto back = parse_verdicts(text, "it.json");
    CHECK(back.size() == verdicts.size());
    CHECK(without_radii(verdicts_json(back)) == without_radii(text));
  }
  auto maps = sample_maps();
  maps.push_back(hostile_map());
  const std::string text = map_json(maps);
  CHECK(map_json(parse_maps(text, "it.json")) == text);
}

TEST_CASE("every field survives") {
  const auto all = sample_verdicts();
  const auto back = parse_verdicts(verdicts_json(all), "it.json");
  const Verdict &v = all.at(3), &b = back.at(3);
  CHECK(b.statement == v.statement);
  CHECK(b.clause == v.clause);
  CHECK(b.reading == v.reading);
  CHECK(b.parameters == v.parameters);
  CHECK(b.claim == v.claim);
  CHECK(b.outcome == v.outcome);
  CHECK(b.evidence == v.evidence);
  CHECK(b.regime.needed == v.regime.needed);
  CHECK(b.regime.inside == v.regime.inside);
  CHECK(b.regime.assumptions.at(1).margin->contains(*v.regime.assumptions.at(1).margin));
  CHECK_FALSE(b.regime.assumptions.at(4).margin.has_value());
  CHECK(b.regime.assumptions.at(5).holds == theory::Truth::unknown);
  CHECK(b.sample->trials == 4000);
  CHECK(b.sample->failures == 49);
  CHECK(b.sample->ambiguous == 2);
  CHECK(b.sample->alpha == 0.01);
  CHECK(b.sample->log10_e_violated == -812.25);
  CHECK(b.sample->smallest_detectable == 0.4441);
  CHECK(back.at(4).sample->log10_e_holds == -std::numeric_limits<double>::infinity());
  CHECK(back.at(5).ladder->rungs.at(1).at == "1/400");
  CHECK(back.at(5).ladder->exponent_low == -0.262);
  CHECK(back.at(0).proofs == all.at(0).proofs);
  CHECK(back.at(5).support->constant == "1.11");
  REQUIRE(back.at(5).support->range.size() == 2);
  CHECK(back.at(5).support->range[0].key == "eta");
  CHECK(back.at(5).support->range[0].low == "1e-7");
  CHECK(back.at(5).support->range[1].high == "3163");
  CHECK_FALSE(b.support.has_value());
  CHECK(back.at(6).radius == "2.31e-1411");
  REQUIRE(back.at(1).theorems.size() == 2);
  CHECK(back.at(1).theorems[0].disproves);
  CHECK_FALSE(back.at(1).theorems[0].decides);
  CHECK(back.at(0).theorems.at(1).name == "norm_identity");
  CHECK(back.at(0).theorems[1].decides);
  CHECK(back.at(0).theorems[1].says == all.at(0).theorems[1].says);
  CHECK(back.at(0).theorems[1].scope == all.at(0).theorems[1].scope);
}

TEST_CASE("enclosures read back contain what was written, far beyond double") {
  const escapement::numeric::WorkingPrecision precision(53);
  Verdict v = sample_verdicts().at(5);
  theory::Rung& rung = v.ladder->rungs.at(0);
  const theory::Ball third = decimal("1") / decimal("3");
  rung.constant = third * decimal("1e-713");
  rung.limit = decimal("1e713") / third;
  rung.bound = decimal("1") / decimal("0");  // not defined
  v.regime.assumptions[0].margin = -third;
  const Verdict b = parse_verdicts(verdicts_json({v}), "it.json").at(0);
  CHECK(b.ladder->rungs.at(0).constant.contains(rung.constant));
  CHECK(b.ladder->rungs.at(0).limit.contains(rung.limit));
  CHECK_FALSE(b.ladder->rungs.at(0).bound.is_finite());
  CHECK(b.regime.assumptions[0].margin->contains(-third));
  CHECK(b.ladder->rungs.at(0).constant.radius_string() != "0");
  // Not much wider than it was.
  CHECK(less(b.ladder->rungs.at(0).constant.radius(), rung.constant.radius() * decimal("20")) ==
        theory::Truth::yes);
}

TEST_CASE("verdicts have the keys of the format") {
  const auto json = ordered_json::parse(verdicts_json(sample_verdicts()));
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.at(3).items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{
                    "statement", "clause",  "reading",  "parameters", "regime",  "claim",  "bound",
                    "measured",  "outcome", "evidence", "alpha",      "trials",  "proofs", "seed",
                    "reproduce", "basis",   "sample",   "ladder",     "support", "radius", "theorems"});
  const auto& regime = json.at(3).at("regime");
  CHECK(regime.at("A1") ==
        ordered_json{{"holds", true}, {"margin", "1.5"}, {"detail", regime.at("A1").at("detail")}});
  CHECK(regime.at("A5").at("margin") == "inf");
  CHECK(regime.at("A6").at("holds").is_null());
  CHECK(regime.at("inside") == false);
  CHECK(json.at(3).at("trials") == 4000);
  CHECK(json.at(0).at("alpha").is_null());
}

TEST_CASE("damaged verdicts are refused by file, index and key") {
  CHECK_THAT(complaint("[{"), Contains("it.json: expected valid JSON"));
  CHECK_THAT(complaint("{}"), Contains("expected an array"));
  CHECK_THAT(complaint("{\"format\": \"escapement-map/1\"}"), Contains("escapement-verdicts/1"));
  CHECK_THAT(complaint("{\"format\": \"escapement-verdicts/1\"}"), Contains("'verdicts'"));
  CHECK_THAT(complaint("{\"format\": \"escapement-verdicts/1\", \"verdicts\": [{}]}"),
             Contains("'verdicts[0].statement'"));
  CHECK_THAT(complaint("{\"format\": \"escapement-verdicts/1\", \"verdicts\": [], \"speed\": 1}"),
             Contains("'speed'"));
  CHECK_THAT(complaint("[1]"), Contains("'[0]'"));
  CHECK_THAT(complaint(std::string(100000, '[')), Contains("nested"));
  CHECK_THAT(complaint("[{\"a\": 1, \"a\": 2}]"), Contains("'a'") && Contains("each key once"));
  CHECK_THAT(complaint("[\"\xFF\"]"), Contains("valid JSON"));
  for (const auto& [key, value] : ordered_json::parse(verdicts_json(sample_verdicts())).at(2).items()) {
    const std::string name = key;
    CHECK_THAT(complaint_after([&](auto& j) { j[2].erase(name); }), Contains("'[2]." + name + "'"));
    CHECK_THAT(complaint_after([&](auto& j) { j[2][name] = 12.5; }), Contains("[2]." + name));
  }
  CHECK_THAT(complaint_after([](auto& j) { j[1]["speed"] = 1; }), Contains("'[1].speed'"));
  CHECK_THAT(complaint_after([](auto& j) { j[1]["outcome"] = "true"; }), Contains("'[1].outcome'"));
  CHECK_THAT(complaint_after([](auto& j) { j[1]["evidence"] = "seen"; }), Contains("'[1].evidence'"));
  CHECK_THAT(complaint_after([](auto& j) { j[1]["alpha"] = 0.1; }), Contains("'[1].alpha'"));
  CHECK_THAT(complaint_after([](auto& j) { j[3]["sample"]["failures"] = 4001; }), Contains("'[3].sample'"));
  CHECK_THAT(complaint_after([](auto& j) { j[3]["regime"]["A1"]["margin"] = "-inf"; }),
             Contains("A1.margin'"));
  CHECK_THAT(complaint_after([](auto& j) { j[3]["regime"]["A1"]["margin"] = 1.5; }), Contains("A1.margin'"));
  CHECK_THAT(complaint_after([](auto& j) { j[3]["regime"]["A1"]["margin_radius"] = "-1"; }),
             Contains("A1.margin_radius'"));
  CHECK_THAT(complaint_after([](auto& j) { j[3]["regime"]["needed"][0] = "A7"; }),
             Contains("regime.needed'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["ladder"]["rungs"][2]["limit"] = "nan"; }),
             Contains("'[5].ladder.rungs[2].limit'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["ladder"]["rungs"][2]["radius"]["speed"] = "1"; }),
             Contains("'[5].ladder.rungs[2].radius.speed'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["support"] = nullptr; }), Contains("'[5].support'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["outcome"] = "holds"; }), Contains("'[5].support'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["support"].erase("range"); }),
             Contains("'[5].support.range'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["support"]["range"][1]["low"] = 10; }),
             Contains("'[5].support.range[1].low'"));
  CHECK_THAT(complaint_after([](auto& j) { j[5]["support"]["range"][1]["speed"] = "1"; }),
             Contains("'[5].support.range[1].speed'"));
  CHECK_THAT(complaint_after([](auto& j) { j[1]["theorems"][0]["decides"] = "no"; }),
             Contains("'[1].theorems[0].decides'"));
  CHECK_THAT(complaint_after([](auto& j) { j[1]["theorems"][1].erase("scope"); }),
             Contains("'[1].theorems[1].scope'"));
  CHECK_THROWS_AS(read_verdicts("absent.json"), InputError);
  CHECK_THROWS_AS(read_verdicts("."), InputError);
}

TEST_CASE("damaged maps are refused by file, index and key") {
  const auto after = [](auto change) -> std::string {
    auto json = ordered_json::parse(map_json(sample_maps()));
    change(json);
    try {
      parse_maps(json.dump(), "it.json");
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  };
  CHECK(after([](auto&) {}) == "none");
  for (const auto& [key, value] : ordered_json::parse(map_json(sample_maps())).at(1).items()) {
    const std::string name = key;
    CHECK_THAT(after([&](auto& j) { j[1].erase(name); }),
               Contains("it.json") && Contains("'[1]." + name + "'"));
    CHECK_THAT(after([&](auto& j) { j[1][name] = 12.5; }), Contains("[1]." + name));
  }
  CHECK_THAT(after([](auto& j) { j[0]["points"][3]["x"] = "-1"; }), Contains("'[0].points[3].x'"));
  CHECK_THAT(after([](auto& j) { j[0]["points"][3]["x"] = "0"; }), Contains("positive"));
  CHECK_THAT(after([](auto& j) { j[0]["points"][3].erase("y"); }), Contains("'[0].points[3].y'"));
  CHECK_THAT(after([](auto& j) { j[2]["points"][3]["y"] = "1"; }), Contains("'[2].points[3].y'"));
  CHECK_THAT(after([](auto& j) { j[0]["points"][3]["level"] = 65; }), Contains("level"));
  CHECK_THAT(after([](auto& j) { j[0]["marked"]["sigma"] = "4"; }), Contains("'[0].marked.sigma'"));
}

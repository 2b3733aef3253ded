// Validity maps of a claim whose border is known: x y > 1.
#include "escapement/judge/validity_map.h"

#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "escapement/config/keys.h"
#include "escapement/report/map_file.h"

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;
using judge::parse_axis;
using numeric::Exact;
using theory::MapPoint;
using theory::Outcome;

namespace {

// sigma * theta_norm > 1, undecided on m = 3, vacuous for precision 100, bad input for a full batch.
theory::Statement fake() {
  const auto verdict = [](const theory::Question& q, theory::Laboratory&) {
    theory::Finding finding;
    const Exact product = q.config.sigma * q.config.theta_norm;
    if (q.config.batch.full) throw config::InputError("here", "batch", "one sample", "full");
    finding.claim = "sigma |theta*| > 1";
    finding.bound = "1";
    finding.measured = numeric::to_string(product);
    finding.basis = q.brief ? "brief" : "in full";
    finding.outcome = product > 1 ? Outcome::holds : Outcome::violated;
    if (q.config.m == 3) finding.outcome = Outcome::undecided;
    if (q.config.precision.bits == 100) finding.outcome = Outcome::vacuous;
    return finding;
  };
  return {"product",
          "A product",
          "sigma |theta*| > 1",
          {"A1"},
          {"sigma", "theta_norm", "m"},
          {"n", "batch", "precision"},
          {{"", "literal", "sigma |theta*| > 1", verdict}},
          [](config::Config c) { return c; }};
}

theory::ValidityMap map_over(const std::vector<std::string>& over, const Sets& sets = {}) {
  const theory::Statement statement = fake();
  Sets all{"d=2", "n=2", "m=2", "sigma=1"};
  for (const std::string& s : sets) all.push_back(s);
  Sets last;
  for (const std::string& s : all) {
    std::erase_if(last,
                  [&](const std::string& t) { return t.substr(0, t.find('=')) == s.substr(0, s.find('=')); });
    last.push_back(s);
  }
  std::vector<judge::Axis> axes;
  for (const std::string& text : over) axes.push_back(parse_axis(text));
  const judge::Mapped mapped =
      judge::validity_map({&statement, &statement.claims[0]}, configured(last), judge::Means{}, axes);
  CHECK_FALSE(mapped.interrupted);
  return mapped.map;
}

Exact value(const std::string& text) { return numeric::parse_exact(text).value(); }

std::set<std::string> coarse(const theory::ValidityMap& map) {
  std::set<std::string> found;
  for (const MapPoint& p : map.points)
    if (p.level == 0) found.insert(p.x + (p.y.empty() ? "" : "," + p.y));
  return found;
}

bool no_duplicates(const theory::ValidityMap& map) {
  std::set<std::pair<Exact, Exact>> seen;
  for (const MapPoint& p : map.points)
    if (!seen.insert({value(p.x), p.y.empty() ? Exact(0) : value(p.y)}).second) return false;
  return true;
}

}  // namespace

TEST_CASE("a plane: coarse points all there, refined ones along the border x y = 1") {
  const theory::ValidityMap map = map_over({"sigma=1/8:8:log:7", "theta_norm=1/8:8:log:7"});
  CHECK(map.x_key == "sigma");
  CHECK(map.y_key == "theta_norm");
  CHECK(map.x_log);
  CHECK(map.y_log);
  CHECK(coarse(map).size() == 49);
  CHECK(no_duplicates(map));
  std::map<unsigned, int> levels;
  for (const MapPoint& p : map.points) {
    ++levels[p.level];
    const Exact product = value(p.x) * value(p.y);
    CHECK(p.outcome == (product > 1 ? Outcome::holds : Outcome::violated));
    CHECK(p.measured == numeric::to_string(product));
    // A refined point is within one square of its level's parent of the border: x y = 2^k with |k| below 2 spacings.
    if (p.level > 0) {
      const Exact reach = p.level == 1 ? Exact(4) : Exact(2);
      CHECK(product <= reach * Exact(1001, 1000));
      CHECK(product * reach >= Exact(999, 1000));
    }
  }
  CHECK(levels[1] > 10);
  CHECK(levels[2] > levels[1]);
  CHECK(levels.size() == 3);
  // Refined points are on both sides of the border, and only there.
  for (const unsigned level : {1u, 2u}) {
    int holds = 0, violated = 0;
    for (const MapPoint& p : map.points) {
      holds += p.level == level && p.outcome == Outcome::holds ? 1 : 0;
      violated += p.level == level && p.outcome == Outcome::violated ? 1 : 0;
    }
    CHECK(holds > 5);
    CHECK(violated > 5);
  }
  // Far from it nothing is looked at twice.
  CHECK(map.points.size() < 49 + 200);
}

TEST_CASE("one key: the border is halved twice") {
  const theory::ValidityMap map = map_over({"sigma=1/2:9/2:lin:5"}, {"theta_norm=1/2"});  // border at 2
  CHECK(map.y_key.empty());
  CHECK_FALSE(map.x_log);
  CHECK(no_duplicates(map));
  CHECK(coarse(map).size() == 5);
  std::vector<Exact> refined;
  for (const MapPoint& p : map.points) {
    CHECK(p.y.empty());
    if (p.level > 0) refined.push_back(value(p.x));
  }
  std::sort(refined.begin(), refined.end());
  // Between 3/2 (violated) and 5/2 (holds): 2 (violated, not above 1), then between 2 and 5/2.
  CHECK(refined == std::vector<Exact>{Exact(2), Exact(9, 4)});
}

TEST_CASE("no border, no refinement") {
  const theory::ValidityMap map = map_over({"sigma=2:4:lin:3", "theta_norm=1:2:lin:3"});
  CHECK(map.points.size() == 9);
  for (const MapPoint& p : map.points) CHECK(p.level == 0);
}

TEST_CASE("an axis of integers is refined at integers, once each, and not between neighbours") {
  const theory::ValidityMap map = map_over({"m=1,3,4,20"}, {"sigma=2", "theta_norm=2"});
  CHECK(no_duplicates(map));
  std::map<Exact, Outcome> found;
  for (const MapPoint& p : map.points) {
    CHECK(denominator(value(p.x)) == 1);
    found[value(p.x)] = p.outcome;
  }
  CHECK(found.size() == 5);  // 1, 2, 3, 4, 20: between 3 and 4 there is nothing
  CHECK(found.at(2) == Outcome::holds);
  CHECK(found.at(3) == Outcome::undecided);
}

TEST_CASE("an axis of names is not refined between them; the other still is") {
  const theory::ValidityMap map =
      map_over({"precision=double,100,200", "sigma=1/2:4:log:4"}, {"theta_norm=1"});
  std::set<std::string> names;
  int refined = 0;
  for (const MapPoint& p : map.points) {
    names.insert(p.x);
    CHECK((p.outcome == Outcome::vacuous) == (p.x == "100"));
    if (p.level > 0) ++refined;
  }
  CHECK(names.count("double") == 1);
  CHECK(names.count("200") == 1);
  CHECK(coarse(map).size() == 12);
  CHECK(refined >= 2);
}

TEST_CASE("points that cannot be judged are undecided; the others stand") {
  const theory::ValidityMap map = map_over(
      {
          "loss=half-square,square",
          "batch=1,full",
      },
      {"theta_norm=2"});
  CHECK(map.points.size() >= 4);
  int refused = 0;
  for (const MapPoint& p : map.points)
    if (p.y == "full") {
      CHECK(p.outcome == Outcome::undecided);
      CHECK(p.measured.empty());
      ++refused;
    } else {
      CHECK(p.outcome == Outcome::holds);
    }
  CHECK(refused == 2);
}

TEST_CASE("a map is the same each time, marks the paper's values, and lists all other parameters") {
  const theory::ValidityMap map = map_over({"sigma=1/8:8:log:4", "theta_norm=1/8:8:log:4"});
  CHECK(report::map_json({map}) ==
        report::map_json({map_over({"sigma=1/8:8:log:4", "theta_norm=1/8:8:log:4"})}));
  CHECK(map.marked == std::vector<theory::Parameter>{{"sigma", "4"}, {"theta_norm", "1"}});
  CHECK(map.parameters == std::vector<theory::Parameter>{{"m", "2"}});
}

TEST_CASE("a real statement's border: Lemma 4.4 over |theta*|") {
  judge::Means means;
  const judge::Mapped mapped =
      judge::validity_map(row_of("lemma-4.4", "", "literal"), configured({"d=2", "eta=1/64"}), means,
                          {parse_axis("theta_norm=1:9:lin:5")});
  int borders = 0;
  std::vector<std::pair<Exact, Outcome>> line;
  for (const MapPoint& p : mapped.map.points) line.emplace_back(value(p.x), p.outcome);
  std::sort(line.begin(), line.end());
  for (std::size_t i = 1; i < line.size(); ++i) borders += line[i].second != line[i - 1].second ? 1 : 0;
  CHECK(line.size() == 7);
  CHECK(borders == 1);  // holds below, violated above
  CHECK(line.front().second == Outcome::holds);
  CHECK(line.back().second == Outcome::violated);
}

TEST_CASE("an interruption keeps the points that were finished") {
  judge::Means means;
  const auto row = row_of("lemma-4.5", "", "literal");
  const auto base = configured({"d=2", "eta=1/16"});
  const std::vector<judge::Axis> axes{parse_axis("theta_norm=1:9:lin:9")};
  const auto three = [&](const std::vector<judge::Place>& places) {
    judge::JudgedPlaces judged;
    judged.interrupted = true;
    judged.points.resize(places.size());
    for (std::size_t i = 0; i < 3; ++i)
      judged.points[i] = judge::judge_place(row, base, means, axes, places[i]);
    return judged;
  };
  const judge::Mapped mapped = judge::validity_map(row, base, means, axes, three);
  CHECK(mapped.interrupted);
  CHECK(mapped.map.points.size() == 3);
  means.interrupted = [] { return true; };
  CHECK(judge::validity_map(row, base, means, axes).interrupted);
}

TEST_CASE("ranges that are none are refused") {
  for (const char* text : {"sigma", "sigma=", "sigma=1:2", "sigma=1:2:cube", "sigma=0:2:log", "eta=a:b:lin",
                           "nothing=1:2:lin", "sigma=1:2:lin:1", "=1:2:lin"}) {
    INFO(text);
    try {
      parse_axis(text);
      FAIL("taken");
    } catch (const config::InputError& e) {
      CHECK(e.where() == "--over");
    }
  }
  CHECK(parse_axis("sigma=1:16:log").logarithmic);
  CHECK_FALSE(parse_axis("sigma=1,2,3").logarithmic);
  for (const char* one : {"sigma=1", "sigma=1:1:lin:1", "sigma=1:1:log"})
    CHECK(parse_axis(one).sweep.values == std::vector<std::string>{"1"});
}

#include "escapement/judge/verdict_text.h"

#include <limits>

#include <catch2/catch.hpp>

#include "escapement/report/verdict_file.h"

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;

namespace {

// As verdicts.json has it, and as its own text: equal texts have equal bits.
void goes_through(const theory::Verdict& verdict) {
  const std::string text = judge::verdict_text(verdict);
  CHECK(text.find('\n') == std::string::npos);
  const auto back = judge::verdict_of(text);
  REQUIRE(back);
  CHECK(judge::verdict_text(*back) == text);
  CHECK(report::verdicts_json({*back}) == report::verdicts_json({verdict}));
  for (const std::size_t length : {std::size_t{0}, text.size() / 2, text.size() - 1})
    CHECK_FALSE(judge::verdict_of(text.substr(0, length)));
}

}  // namespace

TEST_CASE("verdicts are the same to the bit after their text") {
  const auto base = configured({"d=2", "n=12", "m=16", "sigma=6", "steps=200", "eta=1/16"});
  judge::Means means;
  means.budget_seconds = 0.01;
  for (const judge::Row& row : judge::select({{"lemma-4.3", "lemma-4.6", "oscillation-identity"}, {}, {}}))
    goes_through(judge::judge_row(row, base, means, 0.05, 0.01, false));
  theory::Verdict odd;
  odd.claim = "two\nlines, \"quoted\", \xe2\x89\xa4";
  odd.sample = theory::Sample();
  odd.sample->log10_e_holds = -std::numeric_limits<double>::infinity();
  odd.sample->alpha = 0.1;
  odd.sample->low = std::numeric_limits<double>::denorm_min();
  odd.outcome = theory::Outcome::supported;
  odd.support = {"1.16", {{"eta", "1e-640", "1/100"}, {"m", "10", "1000000"}}};
  odd.radius = "3e-70";
  odd.theorems = {{"a_theorem", true, "every K fails", "|theta*| >= 12", false}};
  goes_through(odd);
}

TEST_CASE("points of a map too") {
  const theory::MapPoint point{"1/3", "2^-40", theory::Outcome::vacuous, numeric::Truth::unknown, "b",
                               "m\n", 2};
  const std::string text = judge::map_point_text(point);
  const auto back = judge::map_point_of(text);
  REQUIRE(back);
  CHECK(judge::map_point_text(*back) == text);
  CHECK(back->x == "1/3");
  CHECK(back->measured == "m\n");
  CHECK(back->inside == numeric::Truth::unknown);
  CHECK_FALSE(judge::map_point_of("[1]"));
  CHECK_FALSE(judge::map_point_of("{}"));
  CHECK_FALSE(judge::map_point_of(R"(["1","",9,0,"","",0])"));
}

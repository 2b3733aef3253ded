// Exit codes of every set of outcomes, and a map's counts.
#include "escapement/cli/check_summary.h"

#include <catch2/catch.hpp>

#include "escapement/report/outcome_style.h"

using namespace escapement;
using theory::Outcome;

TEST_CASE("the exit code is that of the worst outcome") {
  for (const bool strict : {false, true}) {
    CHECK(cli::exit_code({}, strict) == 0);
    CHECK(cli::exit_code({Outcome::holds}, strict) == 0);
    CHECK(cli::exit_code({Outcome::vacuous}, strict) == 3);
    CHECK(cli::exit_code({Outcome::undecided}, strict) == 3);
    CHECK(cli::exit_code({Outcome::holds, Outcome::undecided, Outcome::holds}, strict) == 3);
    for (const Outcome beside : report::kOutcomes) {
      CHECK(cli::exit_code({beside, Outcome::violated}, strict) == 1);
      CHECK(cli::exit_code({Outcome::violated, beside}, strict) == 1);
      if (beside != Outcome::violated) CHECK(cli::exit_code({beside, Outcome::undecided}, strict) == 3);
    }
    CHECK(cli::exit_code({Outcome::supported}, strict) == (strict ? 3 : 0));
    CHECK(cli::exit_code({Outcome::holds, Outcome::supported}, strict) == (strict ? 3 : 0));
  }
}

TEST_CASE("a map's line counts every outcome") {
  theory::ValidityMap map;
  map.statement = "lemma-4.6";
  map.clause = "1";
  map.reading = "literal";
  const auto add = [&](Outcome outcome, int times) {
    for (int i = 0; i < times; ++i) map.points.push_back({"1", "", outcome, numeric::Truth::yes, "", "", 0});
  };
  add(Outcome::undecided, 1);
  add(Outcome::vacuous, 2);
  add(Outcome::violated, 3);
  add(Outcome::supported, 4);
  add(Outcome::holds, 5);
  CHECK(cli::map_summary(map) ==
        "lemma-4.6 1 literal: 15 points, 5 holds, 4 supported, 3 violated, 2 vacuous, 1 undecided\n");
  map.clause = "";
  map.points.clear();
  CHECK(cli::map_summary(map) ==
        "lemma-4.6 literal: 0 points, 0 holds, 0 supported, 0 violated, 0 vacuous, 0 undecided\n");
}

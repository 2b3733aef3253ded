#include <cmath>

// Every row of the paper's statements is there, gives a complete verdict, and gives it on any number of threads.
#include <set>

#include <catch2/catch.hpp>

#include "escapement/report/verdict_file.h"
#include "escapement/theory/registry.h"

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;

namespace {

struct Expected {
  const char *id, *clause, *reading;
};

// What the project said it would judge (ids, clauses and readings are part of the interface), in order.
const std::vector<Expected> kRows{
    {"norm-identity", "", "literal"},
    {"oscillation-identity", "", "literal"},
    {"oscillation-identity", "", "with-step-size"},
    {"lazy-regime", "", "literal"},
    {"theorem-4.2", "", "literal"},
    {"theorem-4.2", "", "norm-floor"},
    {"theorem-4.2", "", "fraction"},
    {"theorem-4.2", "", "limit"},
    {"theorem-4.2", "", "limit-norm-floor"},
    {"theorem-4.2", "", "limit-fraction"},
    {"lemma-4.3", "1a", "literal"},
    {"lemma-4.3", "1b", "literal"},
    {"lemma-4.3", "2a", "literal"},
    {"lemma-4.3", "2b", "literal"},
    {"lemma-4.3", "1a", "typical"},
    {"lemma-4.3", "1b", "typical"},
    {"lemma-4.3", "2a", "typical"},
    {"lemma-4.3", "2b", "typical"},
    {"lemma-4.3", "1a", "limit"},
    {"lemma-4.3", "1b", "limit"},
    {"lemma-4.3", "2a", "limit"},
    {"lemma-4.4", "", "literal"},
    {"lemma-4.5", "", "literal"},
    {"lemma-4.5", "", "flow-time"},
    {"lemma-4.5", "", "generic"},
    {"lemma-4.5", "", "flow-time+generic"},
    {"lemma-4.6", "1", "literal"},
    {"lemma-4.6", "1", "population"},
    {"lemma-4.6", "1", "non-degenerate"},
    {"lemma-4.6", "1", "non-degenerate+population"},
    {"lemma-4.6", "2", "literal"},
    {"lemma-4.6", "2", "population"},
    {"lemma-4.6", "2", "non-degenerate"},
    {"lemma-4.6", "2", "non-degenerate+population"},
    {"sam-phases", "", "literal"},
};

// Milliseconds a row: few steps, few neurons, short horizons (T1 is about 600 steps).
const Sets kQuick{"d=2", "n=12", "m=32", "eta=1/100", "sigma=10", "steps=300"};
// Phase II has a ladder in eta, down to eta/256.
const Sets kPhaseTwo{"d=2", "n=12", "eta=1/4"};

Sets quick(const std::string& id) { return id == "lemma-4.5" || id == "lemma-4.6" ? kPhaseTwo : kQuick; }

}  // namespace

TEST_CASE("the rows are those that were promised") {
  std::size_t k = 0;
  for (const judge::Row& row : judge::select({})) {
    REQUIRE(k < kRows.size());
    CHECK(row.statement->id == kRows[k].id);
    CHECK(row.claim->clause == kRows[k].clause);
    CHECK(row.claim->reading == kRows[k].reading);
    ++k;
  }
  CHECK(k == kRows.size());
}

TEST_CASE("every row gives a complete verdict, the same on 1, 2 and 5 threads") {
  for (const Expected& e : kRows) {
    INFO(e.id << " " << e.clause << " " << e.reading);
    const Asked asked{e.id, e.clause, e.reading, quick(e.id), 0.01, 1};
    const theory::Verdict v = judged(asked, {}, 1);
    CHECK(v.statement == e.id);
    CHECK(v.clause == e.clause);
    CHECK(v.reading == e.reading);
    CHECK(!v.claim.empty());
    CHECK(!v.basis.empty());
    CHECK_FALSE(has_word(v.basis, "nan"));
    CHECK_FALSE(has_word(v.basis, "inf"));
    CHECK(!v.seed.empty());
    REQUIRE(v.regime.assumptions.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) {
      CHECK(v.regime.assumptions[i].name == "A" + std::to_string(i + 1));
      CHECK(!v.regime.assumptions[i].detail.empty());
    }
    std::set<std::string> keys;
    for (const auto& [key, value] : v.parameters) {
      CHECK(!value.empty());
      CHECK(keys.insert(key).second);
    }
    CHECK(keys.count("eta") == 1);
    if (v.outcome != theory::Outcome::vacuous && v.outcome != theory::Outcome::undecided)
      CHECK(!v.measured.empty());
    if (v.sample) CHECK(v.sample->alpha == 0.05);
    // A ladder's rungs are numbers.
    if (v.ladder)
      for (const theory::Rung& rung : v.ladder->rungs) {
        CHECK(rung.limit.is_finite());
        CHECK(rung.constant.is_finite());
        CHECK(!rung.at.empty());
      }
    const std::string text = report::verdicts_json({v});
    CHECK(text == report::verdicts_json({judged(asked, {}, 2)}));
    CHECK(text == report::verdicts_json({judged(asked, {}, 5)}));
  }
}

TEST_CASE("a row that spends alpha says so, and only such a row does") {
  for (const Expected& e : kRows) {
    INFO(e.id << " " << e.clause << " " << e.reading);
    const theory::Verdict v = judged({e.id, e.clause, e.reading, quick(e.id), 0.01, 1}, {}, 2, true);
    if (v.sample) CHECK(row_of(e.id, e.clause, e.reading).claim->samples);
  }
}

TEST_CASE("rows are selected by id, reading and clause; what is not there is refused") {
  CHECK(judge::select({{"lemma-4.5"}, {}, {}}).size() == 4);
  CHECK(judge::select({{"lemma-4.5", "lemma-4.5"}, {}, {}}).size() == 4);
  CHECK(judge::select({{"lemma-4.5"}, "generic", {}}).size() == 2);  // a word of a joined reading
  CHECK(judge::select({{"lemma-4.3"}, {}, "1a"}).size() == 3);
  CHECK(judge::select({{}, "literal", {}}).size() == 13);
  CHECK_THROWS_AS(judge::select({{"lemma-4.7"}, {}, {}}), config::InputError);
  CHECK_THROWS_AS(judge::select({{"lemma-4.5"}, "gen", {}}), config::InputError);
  CHECK_THROWS_AS(judge::select({{"lemma-4.5"}, {}, "1a"}), config::InputError);
  CHECK_THROWS_AS(judge::select({{"lemma-4.6"}, "population", "3"}), config::InputError);
}

TEST_CASE("all rows share alpha among those that sample") {
  const auto rows = judge::select({{"theorem-4.2", "norm-identity"}, {}, {}});
  REQUIRE(rows.size() == 7);  // of which three sample
  CHECK(judge::shares_of(rows).alpha == Approx(1.0 / 3));
  CHECK(judge::shares_of(judge::select({{"norm-identity"}, {}, {}})).alpha == 1);
  judge::Means means;
  means.alpha = 0.03;
  means.constant = 1;
  means.budget_seconds = 0.01;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const theory::Verdict v = judge::judge_one_of(rows, i, configured(kQuick), means);
    CHECK(v.statement == rows[i].statement->id);
    if (v.sample) CHECK(v.sample->alpha == Approx(0.01));
  }
}

TEST_CASE("an interruption ends a row; how far it is comes to whoever asks") {
  const auto rows = judge::select({{"theorem-4.2"}, {}, {}});
  judge::Means means;
  means.constant = 1;
  means.budget_seconds = 0.01;
  std::uint64_t told = 0, last = 0;
  means.doing = [&](const judge::Doing& doing) {
    ++told;
    CHECK(doing.done <= doing.most);
    last = doing.done;
  };
  judge::judge_one_of(rows, 0, configured(kQuick), means);
  CHECK(told > 0);
  CHECK(last > 0);
  means.interrupted = [] { return true; };
  CHECK_THROWS_AS(judge::judge_one_of(rows, 0, configured(kQuick), means), judge::Interrupted);
}

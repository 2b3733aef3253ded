// Outcomes that a derivation decides: where they are not found, the judge is wrong, not the paper.
#include <catch2/catch.hpp>

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;
using theory::Outcome;

namespace {

struct Case {
  const char* why;
  Asked asked;
  Outcome outcome;
  const char* in_basis = "";
};

const Sets kEscape{"d=2", "n=20", "m=64", "eta=1/400", "sigma=20"};

Sets with(Sets sets, const Sets& more) {
  for (const std::string& s : more) {
    const std::string key = s.substr(0, s.find('=') + 1);
    std::erase_if(sets, [&](const std::string& t) { return t.rfind(key, 0) == 0; });
    sets.push_back(s);
  }
  return sets;
}

const Sets kPhase{"d=3", "eta=1/64"};

const std::vector<Case> kCases{
    {"algebra", {"norm-identity", "", "literal", {"m=8", "steps=10"}}, Outcome::holds, "729 points"},
    {"no noise", {"norm-identity", "", "literal", {"m=8", "steps=10", "sigma=0"}}, Outcome::holds},
    {"smallest", {"norm-identity", "", "literal", {"d=1", "m=1", "n=1", "steps=10"}}, Outcome::holds},
    {"the step size is missing", {"oscillation-identity", "", "literal", {"eta=1/1000"}}, Outcome::violated},
    {"also beyond 1", {"oscillation-identity", "", "literal", {"eta=2"}}, Outcome::violated, "4 times"},
    {"unless it is 1", {"oscillation-identity", "", "literal", {"eta=1"}}, Outcome::holds},
    {"repaired", {"oscillation-identity", "", "with-step-size", {"eta=1/1000"}}, Outcome::holds},
    {"repaired at 3/7", {"oscillation-identity", "", "with-step-size", {"eta=3/7"}}, Outcome::holds},
    {"a definition", {"lazy-regime", "", "literal", with(kEscape, {"steps=200"})}, Outcome::vacuous},

    // A neuron that began within the ball's radius of 0 has nowhere to go: m m^(-d/2) of them.
    {"small neurons, d = 1", {"theorem-4.2", "", "literal", with(kEscape, {"d=1"}), 1, 1}, Outcome::violated},
    {"as m grows, d = 2", {"theorem-4.2", "", "limit", {"d=2"}}, Outcome::violated, "no constant is enough"},
    {"as m grows, their share", {"theorem-4.2", "", "limit-fraction", {"d=2"}}, Outcome::violated},
    {"as m grows, long neurons", {"theorem-4.2", "", "limit-norm-floor", {"d=2"}}, Outcome::supported},
    {"one neuron", {"theorem-4.2", "", "literal", with(kEscape, {"m=1"})}, Outcome::vacuous, "m = 1"},
    {"no noise: never",
     {"theorem-4.2", "", "literal", with(kEscape, {"sigma=0"})},
     Outcome::vacuous,
     "infinite"},
    {"K/m >= 1", {"theorem-4.2", "", "literal", kEscape}, Outcome::vacuous, "below m = 101"},

    {"rho m^(-1/8) >= 1",
     {"lemma-4.3", "1a", "typical", {"d=2", "m=41", "n=4", "sigma=4"}},
     Outcome::vacuous,
     "below m = 43"},
    {"rho m^(-1/8) >= 1",
     {"lemma-4.3", "2a", "literal", {"d=20", "m=1000", "n=4"}},
     Outcome::vacuous,
     "below m = 420495"},
    {"one neuron", {"lemma-4.3", "1a", "literal", {"d=1", "m=1", "n=4"}}, Outcome::vacuous, "below m = 3"},
    {"small neurons against 1/m, d = 5",
     {"lemma-4.3", "1a", "limit", {"d=5"}},
     Outcome::violated,
     "m^(2 - 3d/8)"},
    {"d = 6", {"lemma-4.3", "2a", "limit", {"d=6"}}, Outcome::supported},
    {"one is too short", {"lemma-4.3", "1b", "limit", {"d=20"}}, Outcome::violated, "at least m/4"},
    {"no noise", {"lemma-4.3", "1b", "limit", {"d=20", "sigma=0"}}, Outcome::undecided},
    {"another start", {"lemma-4.3", "1b", "limit", {"d=20", "init=balanced"}}, Outcome::undecided, "NTK"},

    {"theta* within reach", {"lemma-4.4", "", "literal", {"d=3", "eta=1/64"}}, Outcome::holds},
    {"its stationary value is above",
     {"lemma-4.4", "", "literal", {"d=3", "eta=1/64", "theta_norm=10", "n=fresh"}},
     Outcome::violated,
     "at every time"},
    {"nothing to learn", {"lemma-4.4", "", "literal", {"d=3", "eta=1/64", "theta_norm=0"}}, Outcome::holds},
    {"one input in three dimensions: two never shrink",
     {"lemma-4.4", "", "literal", {"d=3", "n=1", "eta=1/64"}},
     Outcome::violated},

    {"the decaying mode", {"lemma-4.5", "", "literal", kPhase}, Outcome::violated},
    {"the decaying mode, later", {"lemma-4.5", "", "flow-time", kPhase}, Outcome::violated},
    {"steps are too few", {"lemma-4.5", "", "generic", kPhase}, Outcome::violated},
    {"one dimension", {"lemma-4.5", "", "literal", {"d=1", "eta=1/64"}}, Outcome::vacuous},
    {"one dimension, later", {"lemma-4.5", "", "flow-time", {"d=1", "eta=1/64"}}, Outcome::vacuous},
    {"no direction", {"lemma-4.5", "", "literal", {"d=3", "eta=1/64", "theta_norm=0"}}, Outcome::vacuous},
    {"drawn neurons",
     {"lemma-4.5", "", "flow-time+generic", kPhase},
     Outcome::supported,
     "A1 allows as well"},
    {"a peak that falls later",
     {"lemma-4.5", "", "flow-time+generic", {"d=3", "theta_norm=1/4"}},
     Outcome::supported},
    {"eta = 1", {"lemma-4.5", "", "literal", {"d=3", "eta=1"}}, Outcome::vacuous},

    {"the decaying mode", {"lemma-4.6", "1", "literal", kPhase}, Outcome::violated},
    {"the decaying mode", {"lemma-4.6", "1", "population", kPhase}, Outcome::violated},
    {"a neuron that grows", {"lemma-4.6", "1", "non-degenerate", kPhase, 10}, Outcome::supported},
    {"just right of the border",
     {"lemma-4.6", "1", "non-degenerate+population", with(kPhase, {"theta_norm=1.02"})},
     Outcome::violated,
     "no constant is enough"},
    {"on the border",
     {"lemma-4.6", "1", "non-degenerate+population", with(kPhase, {"theta_norm=1"})},
     Outcome::holds},
    {"a neuron that grows", {"lemma-4.6", "1", "non-degenerate+population", kPhase}, Outcome::holds},
    {"t3 comes too early",
     {"lemma-4.6", "1", "non-degenerate", with(kPhase, {"theta_norm=3"}), 10},
     Outcome::undecided,
     "the constant grows"},
    {"t3 comes too early",
     {"lemma-4.6", "1", "non-degenerate+population", with(kPhase, {"theta_norm=3"})},
     Outcome::violated},
    {"any start holds one that grows", {"lemma-4.6", "2", "literal", kPhase, 10}, Outcome::supported},
    {"aligned for ever", {"lemma-4.6", "2", "population", kPhase}, Outcome::holds},
    {"aligned for ever", {"lemma-4.6", "2", "non-degenerate+population", kPhase}, Outcome::holds},
    {"nearly aligned", {"lemma-4.6", "2", "non-degenerate", kPhase, 10}, Outcome::supported},
    {"t3 is never", {"lemma-4.6", "1", "literal", with(kPhase, {"theta_norm=0"})}, Outcome::vacuous},

    {"one dimension", {"sam-phases", "", "literal", {"d=1", "m=4", "n=4"}}, Outcome::vacuous, "d = 1"},
    {"nothing to align with",
     {"sam-phases", "", "literal", {"d=2", "m=4", "n=4", "theta_norm=0"}},
     Outcome::vacuous},
};

}  // namespace

TEST_CASE("outcomes that a derivation decides") {
  for (const Case& c : kCases) {
    const theory::Verdict v = judged(c.asked);
    INFO(c.asked.id << " " << c.asked.clause << " " << c.asked.reading << ", " << c.why << ": " << v.basis);
    CHECK(to_string(v.outcome) == to_string(c.outcome));
    if (*c.in_basis != '\0') CHECK((v.basis + v.claim).find(c.in_basis) != std::string::npos);
  }
}

TEST_CASE("the vacuity rule names the first width that claims something, and keeps its word") {
  for (const std::string m : {"42", "43"}) {
    const theory::Verdict v =
        judged({"lemma-4.3", "1a", "typical", {"d=2", "n=4", "eta=1/1000", "m=" + m}, 0.01, 1}, {}, 2, true);
    INFO(v.basis);
    CHECK((v.outcome == Outcome::vacuous) == (m == "42"));
  }
}

TEST_CASE("every row survives the smallest and the most degenerate configurations") {
  for (const Sets& sets : {Sets{"d=1", "m=1", "n=1", "eta=1/4", "sigma=1", "steps=50"},
                           Sets{"d=1", "m=4", "n=3", "eta=1/16", "sigma=0", "steps=50"},
                           Sets{"d=2", "m=8", "n=1", "eta=1/8", "sigma=1", "theta_norm=0", "steps=50"},
                           Sets{"d=2", "m=16", "n=2", "eta=3", "sigma=1", "steps=50"}})
    for (const judge::Row& row : judge::select({})) {
      judge::Means means;
      means.threads = 2;
      INFO(row.statement->id << " " << row.claim->clause << " " << row.claim->reading << " at " << sets[0]
                             << " " << sets[1] << " " << sets[3] << " " << sets[4]);
      const theory::Verdict v = judge::judge_row(row, configured(sets), means, 0.05, 0.01, true);
      CHECK(!v.basis.empty());
      for (const std::string& text : {v.basis, v.measured, v.bound, v.claim}) {
        CHECK_FALSE(has_word(text, "nan"));
        CHECK_FALSE(has_word(text, "inf"));
      }
    }
}

// Planted errors: every number that the paper prints is put wrong once, and the judge must see it. Beside each the same
// question with the number as printed, so that the change is the planted error's.
#include <algorithm>

#include <catch2/catch.hpp>

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;
using numeric::Exact;
using theory::Outcome;
using theory::PaperConstants;

namespace {

struct Planted {
  const char* field;
  Exact PaperConstants::*constant;
  Exact wrong;
  Asked asked;
  Outcome printed, planted;
};

const Sets kEscape{"d=5", "n=60", "m=64", "eta=1/400", "sigma=20"};
const Sets kStep{"d=2", "n=20", "m=64", "eta=1/400", "sigma=20"};
const Sets kCalm{"d=2", "n=20", "m=64", "eta=1/400", "sigma=8"};
const Sets kChain{"d=3", "eta=1/64"};
const Sets kAlign{"d=2", "eta=1/64"};
const Sets kConverge{"d=2", "eta=1/16"};
const Sets kSam{"d=16", "m=60", "n=64", "eta=1/80", "sigma=0", "rho=1/5", "steps=6000", "theta_norm=1/2"};

Asked sampled(const char* clause, const char* reading = "typical") {
  return {"lemma-4.3", clause, reading, kStep, 1, 8};
}
const Asked kOscillates{"oscillation-identity", "", "with-step-size", {"eta=1/2"}};
const Asked kConverges{"lemma-4.6", "1", "non-degenerate+population", kConverge};

// clang-format off
const std::vector<Planted> kPlanted{
    {"norm_identity_weight", &PaperConstants::norm_identity_weight, Exact(1001, 1000),
     {"norm-identity", "", "literal", {"m=4", "steps=10"}}, Outcome::holds, Outcome::violated},
    {"oscillation_weight", &PaperConstants::oscillation_weight, Exact(999, 1000), kOscillates, Outcome::holds, Outcome::violated},
    // A false claim made true: 4 eta^2 = 1.
    {"oscillation_weight", &PaperConstants::oscillation_weight, 4,
     {"oscillation-identity", "", "literal", {"eta=1/2"}}, Outcome::violated, Outcome::holds},
    {"escape_factor", &PaperConstants::escape_factor, 1,
     {"theorem-4.2", "", "fraction", kEscape, 1, 8}, Outcome::holds, Outcome::violated},
    {"lazy_radius", &PaperConstants::lazy_radius, 100,
     {"theorem-4.2", "", "fraction", kEscape, 1, 8}, Outcome::holds, Outcome::violated},
    {"sign_factor", &PaperConstants::sign_factor, Exact(1, 50), sampled("1a"), Outcome::holds, Outcome::violated},
    {"sign_factor", &PaperConstants::sign_factor, Exact(1, 50), sampled("2a"), Outcome::holds, Outcome::violated},
    {"size_divisor", &PaperConstants::size_divisor, Exact(1, 10), sampled("1b"), Outcome::holds, Outcome::violated},
    {"size_probability", &PaperConstants::size_probability, Exact(99, 100), sampled("1b"), Outcome::holds, Outcome::violated},
    {"step_bound_exponent", &PaperConstants::step_bound_exponent, 3,
     {"lemma-4.3", "2b", "typical", kCalm, 4, 40}, Outcome::holds, Outcome::violated},
    {"oscillation_time_exponent", &PaperConstants::oscillation_time_exponent, 1,
     {"lemma-4.4", "", "literal", kChain}, Outcome::holds, Outcome::violated},
    {"oscillation_exponent", &PaperConstants::oscillation_exponent, 2,
     {"lemma-4.4", "", "literal", kChain}, Outcome::holds, Outcome::violated},
    {"alignment_exponent", &PaperConstants::alignment_exponent, 1,
     {"lemma-4.5", "", "flow-time+generic", kAlign}, Outcome::supported, Outcome::undecided},
    {"alignment_time", &PaperConstants::alignment_time, Exact(1, 20),
     {"lemma-4.5", "", "flow-time+generic", kAlign}, Outcome::supported, Outcome::undecided},
    {"convergence_exponent", &PaperConstants::convergence_exponent, 2, kConverges, Outcome::holds, Outcome::violated},
    {"convergence_time", &PaperConstants::convergence_time, Exact(1, 4), kConverges, Outcome::holds, Outcome::violated},
    {"phase_share", &PaperConstants::phase_share, Exact(1, 100),
     {"sam-phases", "", "literal", kSam, 1}, Outcome::holds, Outcome::violated},
};
// clang-format on

}  // namespace

TEST_CASE("every printed number is needed: put wrong, it changes a verdict") {
  for (const Planted& p : kPlanted) {
    INFO(p.field << " = " << numeric::to_string(p.wrong) << " in " << p.asked.id << " " << p.asked.clause
                 << " " << p.asked.reading);
    const theory::Verdict printed = judged(p.asked);
    INFO("as printed: " << printed.basis);
    CHECK(to_string(printed.outcome) == to_string(p.printed));
    PaperConstants wrong;
    REQUIRE(wrong.*p.constant != p.wrong);
    wrong.*p.constant = p.wrong;
    const theory::Verdict planted = judged(p.asked, wrong);
    INFO("planted: " << planted.basis);
    CHECK(to_string(planted.outcome) == to_string(p.planted));
  }
}

TEST_CASE("no printed number is left out") {
  // As many constants as the table has different ones: a new field must come with a planted error.
  std::vector<Exact PaperConstants::*> fields;
  for (const Planted& p : kPlanted)
    if (std::find(fields.begin(), fields.end(), p.constant) == fields.end()) fields.push_back(p.constant);
  CHECK(fields.size() * sizeof(Exact) == sizeof(PaperConstants));
}

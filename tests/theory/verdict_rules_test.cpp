// A verdict carries what its outcome and its evidence need; each fault that is planted is found, and no other.
#include "escapement/theory/verdict_rules.h"

#include <limits>

#include <catch2/catch.hpp>

using namespace escapement::theory;
using Catch::Contains;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Verdict verdict(Outcome outcome, Evidence evidence) {
  Verdict v;
  v.outcome = outcome;
  v.evidence = evidence;
  v.bound = "0.5";
  v.measured = "0.25";
  return v;
}

Verdict sampled(Outcome outcome) {
  Verdict v = verdict(outcome, Evidence::sampled);
  v.sample = Sample{4000, 40, 0, 0.01, 0, 0, 0, 1, 1};
  if (outcome == Outcome::holds) v.sample->log10_e_holds = 2;
  if (outcome == Outcome::violated) v.sample->log10_e_violated = 2;
  return v;
}

Verdict supported() {
  Verdict v = verdict(Outcome::supported, Evidence::computed);
  v.support = Support{"1.15", {{"eta", "1e-640", "1/100"}, {"m", "10", "10"}}};
  return v;
}

Verdict certified() {
  Verdict v = verdict(Outcome::violated, Evidence::certified);
  v.radius = "3e-70";
  return v;
}

Verdict proved(Outcome outcome) {
  Verdict v = verdict(outcome, Evidence::proved);
  v.theorems = {{"beside", false, "holds for one step", "one step", false},
                {"it", outcome == Outcome::violated, "settles every case", "every d, m, T", true}};
  return v;
}

Verdict refuted() {
  Verdict v = verdict(Outcome::violated, Evidence::counterexample);
  v.proofs = {"beside", "beside.cert", "lemma-4.5-literal-9c0f6d3eeaff8e8c.case.json"};
  return v;
}

// The one fault that the change plants.
template <class Change>
std::string fault_after(Verdict v, Change change) {
  change(v);
  const auto faults = faults_of(v);
  REQUIRE(faults.size() == 1);
  return faults.front();
}

}  // namespace

TEST_CASE("a verdict with all that its words need has no fault") {
  for (const Outcome outcome : {Outcome::holds, Outcome::violated, Outcome::undecided})
    CHECK(faults_of(sampled(outcome)).empty());
  for (const Outcome outcome : {Outcome::holds, Outcome::violated}) CHECK(faults_of(proved(outcome)).empty());
  for (const Verdict& v : {supported(), certified(), refuted(), Verdict()}) CHECK(faults_of(v).empty());
  for (const Outcome outcome : {Outcome::holds, Outcome::violated, Outcome::vacuous, Outcome::undecided})
    CHECK(faults_of(verdict(outcome, Evidence::computed)).empty());
  Verdict v = certified();
  v.radius = "0";
  CHECK(faults_of(v).empty());
  v = supported();
  v.evidence = Evidence::sampled;
  v.sample = Sample{4000, 40, 0, 0.01, 0, 0, 0, 1, 1};
  CHECK(faults_of(v).empty());
  // What claims nothing, or is open, may have no sides. What a test stood at when a proof came is no fault.
  v = Verdict();
  v.outcome = Outcome::vacuous;
  CHECK(faults_of(v).empty());
  v = proved(Outcome::holds);
  v.sample = Sample();
  CHECK(faults_of(v).empty());
  // An e-value at the level to the last bit but one.
  v = sampled(Outcome::holds);
  v.sample->log10_e_holds = std::nextafter(2.0, 0);
  CHECK(faults_of(v).empty());
}

TEST_CASE("sampling without its numbers is a fault") {
  for (const Outcome outcome : {Outcome::holds, Outcome::violated, Outcome::undecided}) {
    CHECK(fault_after(sampled(outcome), [](Verdict& v) { v.sample.reset(); }) == "sampled without a sample");
    for (const double alpha : {0.0, 1.0, -0.5, 1.5, kNan})
      CHECK_THAT(fault_after(sampled(outcome), [&](Verdict& v) { v.sample->alpha = alpha; }),
                 Contains("sampled with alpha"));
    CHECK(fault_after(sampled(outcome), [](Verdict& v) { v.sample->trials = 0; }) ==
          "sampled without a trial");
  }
  CHECK_THAT(fault_after(sampled(Outcome::undecided), [](Verdict& v) { v.outcome = Outcome::vacuous; }),
             Contains("vacuous by sampling"));
}

TEST_CASE("a test that did not cross its level decides nothing") {
  for (const double reached : {1.99, 0.0, -std::numeric_limits<double>::infinity(), kNan}) {
    CHECK_THAT(fault_after(sampled(Outcome::holds), [&](Verdict& v) { v.sample->log10_e_holds = reached; }),
               Contains("holds by a test that did not cross its level"));
    CHECK_THAT(
        fault_after(sampled(Outcome::violated), [&](Verdict& v) { v.sample->log10_e_violated = reached; }),
        Contains("violated by a test that did not cross its level"));
  }
  // Evidence for the other side does not count.
  CHECK_THAT(fault_after(sampled(Outcome::holds),
                         [](Verdict& v) { std::swap(v.sample->log10_e_holds, v.sample->log10_e_violated); }),
             Contains("did not cross"));
}

TEST_CASE("support goes with supported, and has a constant and a range") {
  CHECK_THAT(fault_after(supported(), [](Verdict& v) { v.support.reset(); }),
             Contains("without the constant"));
  CHECK(fault_after(supported(), [](Verdict& v) { v.support->range.clear(); }) == "supported over no range");
  for (const char* constant : {"", "-1", "small"})
    CHECK_THAT(fault_after(supported(), [&](Verdict& v) { v.support->constant = constant; }),
               Contains("supported with the constant"));
  for (const Range& range : {Range{"eta", "", "1"}, Range{"eta", "1", ""}, Range{"eta", "2", "1"}})
    CHECK_THAT(fault_after(supported(), [&](Verdict& v) { v.support->range[0] = range; }),
               Contains("supported for eta from"));
  CHECK_THAT(fault_after(supported(), [](Verdict& v) { v.support->range[1].key.clear(); }),
             Contains("without a key"));
  for (const Outcome outcome : {Outcome::holds, Outcome::violated, Outcome::vacuous, Outcome::undecided})
    CHECK_THAT(fault_after(supported(), [&](Verdict& v) { v.outcome = outcome; }),
               Contains("with the support of another outcome"));
}

TEST_CASE("certified goes with a radius") {
  CHECK(fault_after(certified(), [](Verdict& v) { v.radius.clear(); }) == "certified without a radius");
  for (const char* radius : {"-1", "nan", "inf", "small"})
    CHECK_THAT(fault_after(certified(), [&](Verdict& v) { v.radius = radius; }),
               Contains("certified with the radius"));
}

TEST_CASE("proved goes with a theorem that decides and agrees") {
  for (const Outcome outcome : {Outcome::holds, Outcome::violated}) {
    CHECK_THAT(fault_after(proved(outcome), [](Verdict& v) { v.theorems.clear(); }),
               Contains("proved without a theorem"));
    CHECK_THAT(fault_after(proved(outcome), [](Verdict& v) { v.theorems[1].decides = false; }),
               Contains("proved without a theorem"));
    CHECK_THAT(fault_after(proved(outcome), [](Verdict& v) { v.theorems[1].scope.clear(); }),
               Contains("without a name or a scope"));
    CHECK_THAT(fault_after(proved(outcome), [](Verdict& v) { v.theorems[1].name.clear(); }),
               Contains("without a name or a scope"));
  }
  for (const Outcome outcome : {Outcome::vacuous, Outcome::undecided})
    CHECK_THAT(fault_after(proved(Outcome::holds), [&](Verdict& v) { v.outcome = outcome; }),
               Contains("proved without a theorem"));
  for (const bool disproves : {false, true})
    CHECK(fault_after(supported(), [&](Verdict& v) {
            v.theorems = {{"it", disproves, "settles every case", "every d, m, T", true}};
          }) == "supported, but it decides the claim");
  // A theorem against the outcome, whatever the evidence.
  for (const Outcome outcome : {Outcome::holds, Outcome::violated})
    CHECK(fault_after(verdict(outcome, Evidence::computed), [&](Verdict& v) {
            v.theorems = {{"it", outcome == Outcome::holds, "settles every case", "every d, m, T", true}};
          }) == to_string(outcome) + ", but it decides that it is not");
}

TEST_CASE("a counterexample violates, and has a file") {
  CHECK_THAT(fault_after(refuted(), [](Verdict& v) { v.proofs.pop_back(); }),
             Contains("without its case file"));
  for (const Outcome outcome : {Outcome::holds, Outcome::vacuous, Outcome::undecided})
    CHECK(fault_after(refuted(), [&](Verdict& v) { v.outcome = outcome; }) ==
          to_string(outcome) + " by a counterexample");
}

TEST_CASE("what is decided or supported has both sides") {
  for (const Verdict& sound : {verdict(Outcome::holds, Evidence::computed), certified(), supported()}) {
    CHECK(fault_after(sound, [](Verdict& v) { v.bound.clear(); }) ==
          to_string(sound.outcome) + " without a bound");
    CHECK(fault_after(sound, [](Verdict& v) { v.measured.clear(); }) ==
          to_string(sound.outcome) + " without a measured side");
  }
}

TEST_CASE("every fault is named") {
  Verdict v = verdict(Outcome::supported, Evidence::certified);
  v.measured = v.bound = "";
  CHECK(faults_of(v).size() == 4);
}

// The search as a whole: a planted wrong constant is found, what is proved is not, seeds and threads, resuming, shrinking.
#include "escapement/hunt/hunter.h"

#include <filesystem>

#include <catch2/catch.hpp>

#include "escapement/hunt/corpus.h"
#include "escapement/hunt/frontier.h"
#include "escapement/hunt/hypotheses.h"

#include "hunt/support.h"
#include "support/scratch_folder.h"

using namespace escapement::hunt;

namespace {

HuntOptions options(std::uint64_t rounds, std::uint64_t seed = 1) {
  HuntOptions o;
  o.seed = seed;
  o.most_rounds = rounds;
  o.budget_seconds = 600;  // work decides, not the clock
  o.domain.constant = 100;
  return o;
}

std::vector<std::string> names(const Hunted& hunted) {
  std::vector<std::string> list;
  for (const Find& find : hunted.finds) list.push_back(file_name(find.stored.values));
  return list;
}

}  // namespace

TEST_CASE("the oscillation identity as printed: the same readable minimum from different seeds") {
  const Target& target = find_target("oscillation-identity", "", "literal");
  const Hunted one = hunt(target, options(2)), other = hunt(target, options(2, 99));
  REQUIRE_FALSE(one.finds.empty());
  REQUIRE_FALSE(other.finds.empty());
  const Case &a = one.finds[0].stored.values, &b = other.finds[0].stored.values;
  CHECK(a == b);
  CHECK(a.rows.size() == 1);
  CHECK(a.d() == 1);
  CHECK(a.steps == 1);
  CHECK(a.eta == Exact(1, 2));
  CHECK(one.finds[0].stored.rung == Rung::certified);
  CHECK(one.finds[0].stored.engine == "agrees");
}

TEST_CASE(
    "doubles that flatter every case: each suspect is cleared, and the largest margin is the enclosures'") {
  Target flattered = find_target("norm-identity", "", "literal");
  flattered.in_double = [](const Case&) { return std::vector<Sides<double>>{{1.5, 1.0, 1.0}}; };
  const escapement::test::ScratchFolder scratch;
  const std::filesystem::path& folder = scratch.path();
  HuntOptions o = options(1);
  o.directory = folder;
  const Hunted hunted = hunt(flattered, o);
  CHECK(hunted.finds.empty());
  CHECK(hunted.cleared > 3);  // more than one round confirms
  CHECK(hunted.best <= 0);
  CHECK(hunted.best > -1e-9);
  CHECK(hunted.nearest.has_value());
  o.resume = true;
  const Hunted resumed = hunt(flattered, o);
  CHECK(resumed.cleared == hunted.cleared);
  CHECK(resumed.best == hunted.best);
}

TEST_CASE("a wrong constant in the norm identity is found, the printed one is not") {
  escapement::theory::PaperConstants constants;
  const auto hunt_norm = [&](std::uint64_t rounds) {
    const std::vector<Target> all = paper_targets(constants);
    return hunt(*select(all, "norm-identity", std::nullopt, std::nullopt)[0], options(rounds));
  };
  const Hunted right = hunt_norm(3);
  CHECK(right.finds.empty());
  CHECK(right.evaluations > 1000);
  CHECK(right.best <= 0);
  constants.norm_identity_weight = Exact(11, 10);
  const Hunted wrong = hunt_norm(1);
  REQUIRE_FALSE(wrong.finds.empty());
  CHECK(wrong.finds[0].stored.values.rows.size() == 1);
}

TEST_CASE("threads change nothing; killed and resumed, neither does that") {
  const Target& target = find_target("lemma-4.5", "", "literal");
  const HuntOptions alone = options(3, 5);
  HuntOptions together = alone, killed = alone;
  together.threads = 3;
  const Hunted whole = hunt(target, alone);
  REQUIRE_FALSE(whole.finds.empty());
  CHECK(names(hunt(target, together)) == names(whole));

  const escapement::test::ScratchFolder scratch;
  killed.directory = scratch.path();
  killed.interrupted = [&] {  // as soon as something has been stored
    for (const auto& entry : std::filesystem::directory_iterator(killed.directory))
      if (entry.path().string().ends_with(".case.json")) return true;
    return false;
  };
  const Hunted first = hunt(target, killed);
  CHECK(first.interrupted);
  CHECK_FALSE(read_corpus(killed.directory).empty());  // what was found is there
  killed.interrupted = {};
  killed.resume = true;
  CHECK(names(hunt(target, killed)) == names(whole));
  killed.seed = 6;
  CHECK_THROWS_AS(hunt(target, killed), escapement::config::InputError);
}

TEST_CASE("spanning data, where they are asked for") {
  const Target& target = find_target("lemma-4.6", "1", "literal");
  HuntOptions spanned = options(2);
  spanned.domain.keep = {"spanning"};
  const Hunted hunted = hunt(target, spanned);
  REQUIRE_FALSE(hunted.finds.empty());
  for (const Find& find : hunted.finds) CHECK(spanning(find.stored.values).holds == Truth::yes);
}

TEST_CASE("a claim about most starts yields a box of them") {
  Hunted hunted = hunt(find_target("lemma-4.3", "1b", "literal"), options(2));
  REQUIRE_FALSE(hunted.finds.empty());
  const StoredCase& stored = hunted.finds[0].stored;
  CHECK(stored.rung == Rung::certified);
  CHECK(stored.values.box > 0);
  CHECK_FALSE(stored.probability.empty());
  CHECK(replay(paper_targets(), stored, {}).outcome == Replay::reproduced);
}

TEST_CASE("the border along the constant lies between two that are certain") {
  const Target& target = find_target("lemma-4.5", "", "literal");
  const Hunted hunted = hunt(target, options(2));
  REQUIRE_FALSE(hunted.finds.empty());
  Domain domain = options(0).domain;
  const auto borders = frontier(target, domain, hunted.finds[0].stored.values, "constant");
  REQUIRE(borders.size() == 1);  // larger constants hold, smaller ones fail for ever
  Case c = hunted.finds[0].stored.values;
  CHECK(borders[0].fails < borders[0].holds);
  CHECK(borders[0].holds < borders[0].fails * Exact(102, 100));
  c.constant = borders[0].fails;
  CHECK(read_ball(target, c, 512).violated == Truth::yes);
  c.constant = borders[0].holds;
  CHECK(read_ball(target, c, 512).violated == Truth::no);
}

// Finds about runs: what is planted is found and what holds is not, threads and resuming do not matter, streams are fresh, and
// a stored find comes back as it was.
#include <filesystem>
#include <set>

#include <catch2/catch.hpp>

#include "escapement/config/input_error.h"
#include "escapement/hunt/chance/chance_frontier.h"
#include "escapement/hunt/chance/chance_hunter.h"
#include "escapement/hunt/chance/chance_replay.h"
#include "escapement/theory/registry.h"

#include "support/scratch_folder.h"

using namespace escapement::hunt;
namespace theory = escapement::theory;
namespace numeric = escapement::numeric;

namespace {

// P(fail) <= q where runs fail with probability 1 - 1/m, whatever else: a claim of ours, whose truth is known.
theory::Statement planted(const Exact& q) {
  theory::Claim claim{"", "planted", "it fails in at most q of its runs", {}, true, {}, {}};
  claim.chance = [q](const theory::Question& question) {
    theory::Chance chance;
    chance.bound = numeric::Ball::from(q);
    chance.config = question.config;
    chance.nominal_seconds = 1e-4;
    if (question.config.sigma == 0) chance.degenerate = "sigma = 0";
    chance.trial = [](theory::Laboratory&, const escapement::config::Config& config, std::uint32_t r) {
      const auto m = static_cast<std::uint64_t>(config.m);
      return numeric::truth(mixed(config.seed ^ mixed(config.replica + r)) % m != 0);
    };
    return std::optional(chance);
  };
  return {"theorem-4.2", "planted", "", {}, {"m", "d", "eta", "sigma"}, {}, {claim}, [](auto config) {
            return config;
          }};
}

ChanceOptions options(std::uint64_t rounds, std::uint64_t seed = 1, unsigned threads = 1) {
  ChanceOptions o;
  o.seed = seed;
  o.threads = threads;
  o.most_rounds = rounds;
  o.budget_seconds = 600;  // work decides, not the clock
  o.domain.constant = 100;
  return o;
}

const ChanceTarget& row(const std::string& id, const std::string& reading) {
  static const std::vector<ChanceTarget> all = chance_targets();
  for (const ChanceTarget& target : all)
    if (target.statement->id == id && target.claim->reading == reading) return target;
  FAIL("no row " << id << " " << reading);
  return all.front();
}

ChanceHunted short_hunt(unsigned threads, const std::filesystem::path& directory = {}) {
  ChanceOptions o = options(2, 1, threads);
  o.directory = directory;
  o.domain.ranges["n"] = {1, 4};
  o.domain.ranges["steps"] = {1, 50};
  return hunt(row("theorem-4.2", "literal"), o);
}

}  // namespace

TEST_CASE("the rows about runs, and the keys that their statements leave free") {
  std::set<std::string> names;
  for (const ChanceTarget& target : chance_targets()) names.insert(target.name());
  CHECK(names == std::set<std::string>{"theorem-4.2 literal", "theorem-4.2 norm-floor",
                                       "theorem-4.2 fraction", "lemma-4.5 generic",
                                       "lemma-4.5 flow-time+generic", "sam-phases literal"});
  using Keys = std::vector<std::string>;
  CHECK(row("theorem-4.2", "literal").keys == Keys{"d", "m", "n", "eta", "sigma", "theta_norm"});
  CHECK(row("lemma-4.5", "generic").keys == Keys{"d", "eta", "theta_norm"});  // the width is 1/sqrt(eta)
  CHECK(row("sam-phases", "literal").has("steps"));
}

TEST_CASE("a planted false bound is found, and shrunk to the least width that a test can tell") {
  const theory::Statement statement = planted(Exact(1, 2));
  const ChanceTarget target = chance_target(statement, statement.claims[0]);
  std::set<std::string> names;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const ChanceHunted hunted = hunt(target, options(5, seed));
    REQUIRE_FALSE(hunted.finds.empty());
    const StoredChance& s = hunted.finds[0].stored;
    CHECK(s.degenerate.empty());
    CHECK(s.values.at("m") == 3);  // m = 2 fails in half of its runs, which the bound allows
    CHECK(s.values.at("d") == 1);
    CHECK(s.values.at("sigma") == 1);
    CHECK(s.test.log10_e >= -std::log10(s.test.alpha));
    CHECK(s.test.streams.seed % 2 == 1);
    names.insert(file_name(s.values));
  }
  CHECK(names.size() == 1);
}

TEST_CASE("a true bound is not refuted: eight hunts over configurations at its border") {
  const theory::Statement statement = planted(Exact(3, 4));
  const ChanceTarget target = chance_target(statement, statement.claims[0]);
  std::uint64_t suspects = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    ChanceOptions o = options(4, seed);
    o.domain.ranges["m"] = {1, 4};  // at m = 4 runs fail with probability q itself
    const ChanceHunted hunted = hunt(target, o);
    CHECK(hunted.finds.empty());
    CHECK(hunted.configurations > 50);
    suspects += hunted.confirmations;
  }
  CHECK(suspects <= 2);
}

TEST_CASE("confirming streams are disjoint from those that were looked at, and spend alpha once") {
  ChanceCase c{"theorem-4.2", "", "literal", 100, {{"m", 200}}};
  std::set<std::uint64_t> seeds;
  double spent = 0;
  for (std::uint64_t k = 1; k <= 1000; ++k) {
    c.values["m"] = Exact(k);
    CHECK(search_streams(7, c).seed % 2 == 0);
    CHECK(confirming_streams(7, k).seed % 2 == 1);
    seeds.insert({search_streams(7, c).seed, confirming_streams(7, k).seed});
    spent += alpha_of(0.01, k);
  }
  CHECK(seeds.size() == 2000);
  CHECK(spent <= 0.01);
  CHECK(spent > 0.0099);
}

TEST_CASE("Theorem 4.2: the same find with one thread and two, honest, with its evidence") {
  const ChanceHunted one = short_hunt(1), two = short_hunt(2);
  REQUIRE_FALSE(one.finds.empty());
  REQUIRE(one.finds.size() == two.finds.size());
  CHECK(to_json(one.finds[0].stored) == to_json(two.finds[0].stored));
  CHECK(one.trials == two.trials);
  const StoredChance& s = one.finds[0].stored;
  CHECK(s.degenerate.empty());
  CHECK(s.values.at("m") > 100);  // below, 100/m claims nothing
  CHECK(s.hypotheses.size() == 6);
  CHECK(static_cast<double>(s.test.failures) > std::stod(s.test.bound) * static_cast<double>(s.test.trials));
}

TEST_CASE("a find comes back from its file, and its streams give the same counts; a changed file does not") {
  const escapement::test::ScratchFolder scratch;
  const std::filesystem::path& folder = scratch.path();
  const ChanceHunted hunted = short_hunt(2, folder);
  REQUIRE_FALSE(hunted.finds.empty());
  const StoredChance& stored = hunted.finds[0].stored;
  const std::string text = to_json(read_chance(hunted.finds[0].file));
  CHECK(text == to_json(stored));
  CHECK(read_chances(folder).size() == 1);

  const auto targets = chance_targets();
  const auto answer = [&](const StoredChance& s, std::optional<std::uint64_t> seed = {}) {
    return replay(targets, s, seed, {}, {2, {}});
  };
  const ChanceReplay again = answer(stored);
  CHECK(again.outcome == Replay::reproduced);
  CHECK(again.sample.trials == stored.test.trials);
  CHECK(again.sample.failures == stored.test.failures);
  CHECK(answer(stored, 12345).outcome == Replay::reproduced);

  StoredChance changed = stored;
  changed.test.failures -= 1;
  CHECK(answer(changed).outcome == Replay::not_reproduced);
  changed = stored;
  changed.text += " now";
  CHECK(answer(changed).outcome == Replay::stale);
  changed = stored;
  changed.test.bound = "0.5";
  CHECK(answer(changed).outcome == Replay::stale);
  changed = stored;
  changed.values.reading = "other";
  CHECK(answer(changed).outcome == Replay::unknown_claim);
  changed = stored;
  changed.values.values["sigma"] = 0;  // T1 is never
  CHECK(answer(changed).outcome == Replay::not_reproduced);
  changed.values.values["sigma"] = Exact(1, 1000);  // T1 is out of reach
  CHECK(answer(changed).outcome == Replay::undecided);

  std::string damaged = text;
  damaged.replace(damaged.find("\"eta\": \""), 8, "\"eta\": \"1");
  CHECK_THROWS_AS(parse_chance(damaged, "damaged"), escapement::config::InputError);

  // Ended before it was shrunk, and gone on with: the same find.
  ChanceOptions o = options(2);
  o.directory = folder;
  o.resume = true;
  o.domain.ranges["n"] = {1, 4};
  o.domain.ranges["steps"] = {1, 50};
  const ChanceHunted resumed = hunt(row("theorem-4.2", "literal"), o);
  REQUIRE(resumed.finds.size() == hunted.finds.size());
  CHECK(to_json(resumed.finds[0].stored) == text);
  o.seed = 2;
  CHECK_THROWS_AS(hunt(row("theorem-4.2", "literal"), o), escapement::config::InputError);
}

TEST_CASE(
    "assumptions that are kept hold, and the border along the constant lies between the sides of a find") {
  ChanceOptions o = options(3);
  o.domain.keep = {"A1", "A4", "A6"};
  o.domain.ranges["steps"] = {1, 50};
  o.domain.ranges["m"] = {110, 4000};
  const ChanceTarget& target = row("theorem-4.2", "literal");
  const ChanceHunted hunted = hunt(target, o);
  REQUIRE_FALSE(hunted.finds.empty());
  const StoredChance& s = hunted.finds[0].stored;
  CHECK(s.values.at("d") >= 4);
  for (const Hypothesis& h : s.hypotheses)
    if (o.domain.keep.count(h.name) != 0) CHECK(h.holds == Truth::yes);
  for (const Border& border : frontier(target, o.domain, s.values, "constant", 1, {2, {}})) {
    CHECK(border.fails < border.holds);
    CHECK(border.holds <= s.values.at("m"));
  }
  CHECK_THROWS_AS(check_frontier_key(target, "rho"), escapement::config::InputError);
}

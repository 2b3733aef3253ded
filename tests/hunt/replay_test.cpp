// A stored case asked again: what it says of damaged, changed and misplaced ones; what is written can be read.
#include "escapement/hunt/replay.h"

#include <catch2/catch.hpp>

#include "escapement/hunt/domain.h"

#include "hunt/support.h"

using namespace escapement::hunt;

TEST_CASE("replay: another text is stale, another id unknown, another number not reproduced") {
  const Target& target = find_target("oscillation-identity", "", "literal");
  Case c = small_case();
  REQUIRE(admit(target, {}, c));
  StoredCase stored = describe(target, c, confirm(target, c), {}, {});
  const auto all = paper_targets();
  CHECK(replay(all, stored, {}).outcome == Replay::reproduced);
  CHECK(replay(all, stored, parse_arithmetic("double")).outcome == Replay::reproduced);
  CHECK(replay(all, stored, parse_arithmetic("300")).outcome == Replay::reproduced);
  stored.text += " or so";
  CHECK(replay(all, stored, {}).outcome == Replay::stale);
  stored.text = target.text;
  stored.values.eta = 1;  // eta^2 = 1: the identity holds
  CHECK(replay(all, stored, parse_arithmetic("double")).outcome == Replay::not_reproduced);
  CHECK(replay(all, stored, {}).outcome != Replay::reproduced);
  stored.values.claim = "oscillation";
  CHECK(replay(all, stored, {}).outcome == Replay::unknown_claim);
}

TEST_CASE("replay: values of another form than the claim's are not reproduced") {
  const auto all = paper_targets();
  StoredCase stored;
  stored.values = small_case();
  for (const Target& target : all) {
    if (target.algorithm == stored.values.algorithm) continue;
    stored.values.claim = target.id;
    stored.values.clause = target.clause;
    stored.values.reading = target.reading;
    stored.text = target.text;
    const Replayed replayed = replay(all, stored, {});
    CHECK(replayed.outcome == Replay::not_reproduced);
    CHECK(replayed.detail.find("the case runs") != std::string::npos);
  }
  const Target& chain = find_target("lemma-4.4", "", "literal");
  stored.values = small_case();
  stored.values.algorithm = chain.algorithm;
  stored.values.claim = chain.id;
  stored.values.clause = chain.clause;
  stored.values.reading = chain.reading;
  stored.values.eta = Exact(1, 4);
  stored.values.theta_star = {1, 1};  // two axes
  stored.values.inputs = {{1, 0}};
  stored.values.rows.clear();
  stored.text = chain.text;
  const Replayed replayed = replay(all, stored, {});
  CHECK(replayed.outcome == Replay::not_reproduced);
  CHECK(replayed.detail.find("axes") != std::string::npos);
}

TEST_CASE("a case is written as JSON whatever its texts hold") {
  const Target& target = find_target("oscillation-identity", "", "literal");
  Case c = small_case();
  REQUIRE(admit(target, {}, c));
  StoredCase stored = describe(target, c, confirm(target, c), {}, {});
  stored.degenerate = "a \t tab, a \"quote\", a line\nbreak";
  CHECK(parse_case(to_json(stored), "x").degenerate == stored.degenerate);
}

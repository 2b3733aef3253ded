// Whatever a user sets is used, or refused with the reason.
#include "escapement/judge/settings_check.h"

#include "escapement/judge/validity_map.h"

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;

namespace {

// The key that is refused; empty if all are used.
std::string refused(const std::vector<std::string>& ids, const Sets& sets, bool inside = false) {
  const auto rows = judge::select({ids, {}, {}, inside});
  try {
    judge::check_settings(rows, configured(sets), !ids.empty(), inside);
  } catch (const config::InputError& e) {
    CHECK(!e.expected().empty());
    return e.key();
  }
  return "";
}

}  // namespace

TEST_CASE("a value that contradicts what the statement fixes is refused, the same value is not") {
  CHECK(refused({"lemma-4.5"}, {"eta=1/100", "m=100000"}) == "m");
  CHECK(refused({"lemma-4.5"}, {"eta=1/100", "m=10"}).empty());  // ceil(1/sqrt(eta))
  CHECK(refused({"lemma-4.5"}, {"n=50"}) == "n");
  CHECK(refused({"lemma-4.5"}, {"n=population", "algorithm=gd", "batch=full"}).empty());
  CHECK(refused({"lemma-4.4"}, {"n=fresh"}).empty());  // the population's law
  CHECK(refused({"lemma-4.6"}, {"m=7"}) == "m");
  CHECK(refused({"lemma-4.4"}, {"m=7"}) == "m");
  CHECK(refused({"lemma-4.4"}, {"init=balanced"}) == "init");
  CHECK(refused({"theorem-4.2"}, {"algorithm=sam"}) == "algorithm");
  CHECK(refused({"theorem-4.2"}, {"loss=square"}) == "loss");
  CHECK(refused({"lemma-4.3"}, {"n=fresh"}) == "n");
  CHECK(refused({"theorem-4.2"}, {"m=64", "n=30", "eta=1/50", "sigma=2", "theta_norm=1/2", "init=balanced"})
            .empty());
}

TEST_CASE("a key that the statement does not depend on is refused") {
  CHECK(refused({"lemma-4.4"}, {"rho=1"}) == "rho");
  CHECK(refused({"lemma-4.5"}, {"rho=1"}) == "rho");
  CHECK(refused({"theorem-4.2"}, {"steps=100"}) == "steps");
  CHECK(refused({"oscillation-identity"}, {"init=balanced"}) == "init");
  CHECK(refused({"oscillation-identity"}, {"d=3", "sigma=1"}).empty());  // its row reports A1 to A6 there
  CHECK(refused({"sam-phases"}, {"rho=1/5", "steps=1000"}).empty());
  // How to compute is no part of the claim.
  for (const char* means : {"seed=5", "replica=3", "replicas=40", "precision=100"})
    CHECK(refused({"lemma-4.5"}, {means}).empty());
}

TEST_CASE("inside Condition 1 only the keys that choose the point are used") {
  CHECK(refused({"lemma-4.5"}, {"d=10", "m=1e1300", "eta=1e-1200", "theta_norm=1e-400"}, true).empty());
  CHECK(refused({"lemma-4.5"}, {"n=50"}, true) == "n");
  CHECK(refused({"theorem-4.2"}, {"init=balanced"}, true) == "init");
}

TEST_CASE("where no statement is named, a key counts that one of them uses, and the others are told") {
  CHECK(refused({}, {"sigma=1"}).empty());
  CHECK(refused({}, {"watch=3"}) == "watch");  // used by none
  const auto rows = judge::select({});
  const auto notes = judge::check_settings(rows, configured({"m=500"}), false, false);
  REQUIRE(notes.size() == 3);  // Lemmas 4.4, 4.5 and 4.6
  CHECK(notes[0] == "lemma-4.4 fixes m = 32: 500 is not used there");
}

TEST_CASE("presets and defaults are no user's values") {
  config::Request request;
  request.preset = "sam";
  CHECK(judge::check_settings(judge::select({{"lemma-4.5"}, {}, {}}), config::load(request), true, false)
            .empty());
}

TEST_CASE(
    "an axis over a key that the statement fixes or does not use is refused before anything is computed") {
  const judge::Row row = row_of("lemma-4.5", "", "literal");
  judge::Means means;
  for (const char* over : {"m=10:1000:log", "rho=1:4:lin"})
    CHECK_THROWS_AS(judge::validity_map(row, configured({}), means, {judge::parse_axis(over)}),
                    config::InputError);
}

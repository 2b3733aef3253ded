#include "escapement/config/config.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "escapement/config/keys.h"

#include "config/support.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)
using escapement::config::test::with_sets;

TEST_CASE("the fingerprint is FNV-1a of the canonical entries") {
  // All keys but one left out: the published recurrence over one line, with its constants in decimal.
  std::vector<std::string> others;
  for (const Key& key : keys())
    if (key.name != "d") others.push_back(key.name);
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : std::string("d=20\n")) hash = (hash ^ static_cast<std::uint64_t>(c)) * 1099511628211u;
  CHECK(std::stoull(fingerprint(Config{}, others), nullptr, 16) == hash);
  std::vector<std::string> all = others;
  all.emplace_back("d");
  CHECK(fingerprint(Config{}, all) == "cbf29ce484222325");  // of nothing
}

TEST_CASE("every key counts in the fingerprint, and only values do") {
  const char* changes[] = {
      "algorithm=sam", "d=21",        "m=1001",        "n=201",       "eta=2e-3",          "sigma=5",
      "theta_norm=2",  "steps=1",     "batch=2",       "loss=square", "noise=gaussian",    "schedule=off",
      "rho=1",         "amplitude=1", "init=balanced", "record=none", "snapshots=every:5", "watch=1",
      "state=direct",  "replicas=2",  "replica=1",     "seed=2",      "precision=53"};
  std::set<std::string> seen{fingerprint(Config{})};
  for (const char* change : changes) CHECK(seen.insert(fingerprint(with_sets({change}))).second);
  CHECK(seen.size() == keys().size() + 1);
  CHECK(fingerprint(with_sets({"eta=0.001", "m=1e3"})) == fingerprint(Config{}));
}

TEST_CASE("keys can be left out of the fingerprint") {
  CHECK(fingerprint(with_sets({"steps=1"}), {"steps"}) == fingerprint(Config{}, {"steps"}));
  CHECK(fingerprint(with_sets({"d=1"}), {"steps"}) != fingerprint(Config{}, {"steps"}));
  CHECK(fingerprint(Config{}, {"steps"}) != fingerprint(Config{}));
}

TEST_CASE("classes of algorithms") {
  CHECK(is_full_batch(Algorithm::gradient_descent));
  CHECK(is_full_batch(Algorithm::label_noise_gd));
  CHECK(is_full_batch(Algorithm::oscillation));
  CHECK_FALSE(is_full_batch(Algorithm::sam));
  CHECK(is_oscillation(Algorithm::second_layer_oscillation));
  CHECK_FALSE(is_oscillation(Algorithm::gradient_descent));
}

#include "escapement/config/presets.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)

namespace {

Config preset(const std::string& name) {
  Request request;
  request.preset = name;
  return load(request);
}

}  // namespace

TEST_CASE("the presets there are") {
  CHECK(preset_names() == std::vector<std::string>{"two-phase", "two-phase-published", "periodic",
                                                   "oscillation", "sam", "gradient-descent", "lazy"});
}

TEST_CASE("every preset loads, sets each key once and keeps the paper's sizes") {
  std::set<std::string> fingerprints;
  for (const Preset& p : presets()) {
    INFO(p.name);
    const Config c = preset(std::string(p.name));
    CHECK_FALSE(p.doc.empty());
    CHECK((c.d == 20 && c.m == 1000 && c.n == 200 && c.eta == Exact(1, 1000)));
    CHECK(c.watch == 8);
    CHECK(c.sources.size() == p.entries.size());
    for (const PresetEntry& entry : p.entries)
      CHECK(c.source_of(entry.key) == "preset " + std::string(p.name));
    CHECK(c.record.count_through(c.steps) <= 1001);
    if (!c.snapshots.none()) {
      CHECK(c.snapshots.count_through(c.steps) == 6);
      CHECK((c.snapshots.contains(0) && c.snapshots.contains(c.steps)));
      CHECK_FALSE(c.snapshots.next_after(c.steps));
    }
    for (auto t = c.snapshots.next_after(0); t; t = c.snapshots.next_after(*t)) CHECK(c.record.contains(*t));
    CHECK(fingerprints.insert(fingerprint(c)).second);
  }
}

TEST_CASE("what tells the presets apart") {
  CHECK(preset("two-phase").loss == Loss::half_square);
  CHECK(preset("two-phase").steps == 1'000'000);
  CHECK(preset("two-phase-published").loss == Loss::square);
  CHECK(preset("two-phase-published").steps == 100'000);
  CHECK(preset("periodic").schedule == NoiseSchedule{5000, 5000});
  CHECK(preset("oscillation").algorithm == Algorithm::second_layer_oscillation);
  CHECK(preset("sam").algorithm == Algorithm::sam);
  CHECK(preset("gradient-descent").batch.full);
  CHECK(preset("lazy").algorithm == Algorithm::sgd);
}

#include "escapement/report/phases.h"

#include <catch2/catch.hpp>

#include "report/sample_run.h"

using namespace escapement::report;
using namespace escapement::test;

TEST_CASE("phases are read off a trajectory, in order of time") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", sample_trajectory(30));
  const auto events = phase_events(folder.path());
  REQUIRE(events.size() == 3);
  CHECK(events[0].step == 200);  // everyone outside from the third record on
  CHECK(events[0].label == "all neurons have escaped");
  CHECK(events[1].step == 500);  // 1 - 0.8 exp(-0.1 k) >= 1/2 from k = 5 on
  CHECK(events[1].label == "mean |cos| passes 1/2");
  CHECK(events[2].step == 700);  // exp(-0.1 k) <= 1/2 from k = 7 on
  CHECK(events[2].label == "mean norm halved");
}

TEST_CASE("what does not happen, or happened before the run, is no event") {
  const ScratchFolder folder;
  CHECK(phase_events(folder.path()).empty());
  folder.write("trajectory.csv", "step,mean_norm,mean_abs_cosine\n0,1,0.6\n10,0.9,0.7\n");
  CHECK(phase_events(folder.path()).empty());
  folder.write("trajectory.csv", "step,mean_norm\n0,0\n10,0\n");
  CHECK(phase_events(folder.path()).empty());
  folder.write("trajectory.csv", "mean_norm\n1\n0.1\n");
  CHECK(phase_events(folder.path()).empty());
}

TEST_CASE("an ensemble's phases are its medians'") {
  const ScratchFolder folder;
  folder.write("bands.csv", "step,mean_norm_mean,mean_norm_q50\n0,1,1\n10,0.1,0.8\n20,0.1,0.5\n");
  const auto events = phase_events(folder.path(), true);
  REQUIRE(events.size() == 1);
  CHECK(events[0].step == 20);
}

TEST_CASE("periodic noise is on first") {
  const auto bands = periodic_noise(5, 3, 20);
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].from == 0);
  CHECK(bands[0].to == 5);
  CHECK(bands[1].from == 8);
  CHECK(bands[2].from == 16);
  CHECK(bands[2].to == 20);
  CHECK(periodic_noise(5, 3, 8).size() == 1);
  CHECK(periodic_noise(5, 3, 9).size() == 2);
  CHECK(periodic_noise(5, 0, 20).empty());  // never changes: nothing to shade
  CHECK(periodic_noise(0, 5, 20).empty());
  const std::uint64_t huge = ~std::uint64_t{0};
  CHECK(periodic_noise(huge, huge, huge).size() == 1);
}

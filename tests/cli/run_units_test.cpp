// How replicas are shared out: alone as a whole, so that lanes are full and statistics are streamed; among ranks in blocks of
// full lanes; every replica once.
#include "escapement/cli/run_units.h"

#include <catch2/catch.hpp>

using namespace escapement;
using cli::RunUnit;

namespace {

std::vector<cli::Point> points_of(std::initializer_list<std::uint32_t> replicas) {
  std::vector<cli::Point> points;
  for (const std::uint32_t count : replicas) {
    points.emplace_back();
    points.back().config.replicas = count;
  }
  return points;
}

}  // namespace

TEST_CASE("one process takes each point's replicas as one unit") {
  const auto units = cli::run_units(points_of({1, 8, 20'000}), 1, 2);
  REQUIRE(units.size() == 3);
  CHECK(units[0].count == 1);
  CHECK(units[1].count == 8);
  CHECK(units[2].count == 20'000);
}

TEST_CASE("ranks share every replica out once, in blocks that fill their lanes") {
  for (const std::uint32_t replicas : {1u, 5u, 64u, 1000u, 1'000'000u})
    for (const int ranks : {2, 4, 64})
      for (const unsigned threads : {1u, 4u}) {
        std::uint32_t next = 0, short_ones = 0;
        for (const RunUnit& unit : cli::run_units(points_of({replicas}), ranks, threads)) {
          CHECK(unit.first == next);
          CHECK(unit.count <= 4096);
          short_ones += unit.count % 8 == 0 ? 0 : 1;
          next += unit.count;
          CHECK(cli::unit_of(cli::unit_name(unit)).count == unit.count);
        }
        CHECK(next == replicas);
        // The last one; where there are few, each rank's share.
        CHECK((short_ones <= 1 || replicas < static_cast<std::uint32_t>(ranks) * 8 * threads));
      }
}

// `run` in units of work: blocks of a point's replicas, computed here or by another rank.
#pragma once

#include <atomic>

#include "escapement/cli/run_point.h"

namespace escapement::cli {

// Replicas first .. first + count - 1 of a point, counted from its own first.
struct RunUnit {
  std::size_t point = 0;
  std::uint32_t first = 0, count = 0;
};

// One process takes an ensemble as a whole; several take blocks that fill their threads, some four for each rank, but none
// so large that a message holds more than kMostTold replicas.
std::vector<RunUnit> run_units(const std::vector<Point>& points, int ranks, unsigned threads);
// How many of these a rank computes at a time, sharing its threads.
unsigned units_at_a_time(const std::vector<RunUnit>& units, unsigned threads);

std::string unit_name(const RunUnit& unit);
RunUnit unit_of(const std::string& name);  // which `unit_name` wrote

struct UnitResult : PointRuns {
  double seconds = 0;  // of the clock
};

// Runs them, with the point's checkpoints. `steps` counts on. `instance` is null unless --instance was given.
UnitResult run_unit(const RunUnit& unit, const Point& point, const RunArguments& arguments,
                    const model::InstanceFile* instance, unsigned threads, std::atomic<std::uint64_t>& steps);

// Without what --certify adds: that is for one process.
std::string unit_result_text(const RunUnit& unit, const UnitResult& result);
UnitResult unit_result_of(const std::string& text);

}  // namespace escapement::cli

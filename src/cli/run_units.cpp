#include "escapement/cli/run_units.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>

#include <fmt/format.h>

#include "escapement/cli/certify_options.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cluster/parcel.h"
#include "escapement/engine/checkpoint_folder.h"
#include "escapement/engine/result_text.h"
#include "escapement/numeric/check.h"

namespace escapement::cli {

namespace {

constexpr std::uint32_t kMostTold = 4096;
constexpr std::uint32_t kWidestLanes = 8;  // of doubles and of words of doubles
// More checkpoints than this cost more than the work that they save.
constexpr std::uint32_t kMostCheckpoints = 4096;

// One after the other.
void certify_replicas(const RunUnit& unit, const Point& point, const RunArguments& arguments,
                      const model::InstanceFile* file, const engine::RunOptions& options,
                      UnitResult& result) {
  certify::CertifyRequest request = certify_request(arguments, point.config);
  request.options = options;
  for (std::uint32_t r = unit.first; r < unit.first + unit.count; ++r) {
    const model::Instance instance = file != nullptr
                                         ? model::make_instance(point.config, *file)
                                         : model::make_instance(point.config, point.config.replica + r);
    certify::CertifiedRun run = certify::certify(instance, request);
    result.runs.push_back(std::move(run.run));
    run.run = {};
    result.certified.push_back(std::move(run));
    if (result.runs.back().trajectory.outcome == observe::Outcome::interrupted) break;
  }
}

}  // namespace

std::vector<RunUnit> run_units(const std::vector<Point>& points, int ranks, unsigned threads) {
  std::vector<RunUnit> units;
  const auto share = [](std::uint32_t whole, std::uint32_t parts) { return (whole + parts - 1) / parts; };
  for (std::size_t p = 0; p < points.size(); ++p) {
    const std::uint32_t replicas = points[p].config.replicas;
    // Alone, whole: the ensemble shares replicas out among threads itself. Ranks get about four units each, of full
    // lanes on every thread, so that one that is late holds up little.
    std::uint32_t block = replicas;
    if (ranks > 1) {
      const auto k = static_cast<std::uint32_t>(ranks);
      const std::uint32_t full = kWidestLanes * threads;
      block = std::min(share(replicas, k), share(share(replicas, 4 * k), full) * full);
      block = std::min(block, kMostTold);
    }
    for (std::uint32_t first = 0; first < replicas; first += block)
      units.push_back({p, first, std::min(block, replicas - first)});
  }
  return units;
}

unsigned units_at_a_time(const std::vector<RunUnit>& units, unsigned threads) {
  std::uint32_t most = 1;
  for (const RunUnit& unit : units) most = std::max(most, unit.count);
  return std::max(1u, threads / most);
}

std::string unit_name(const RunUnit& unit) {
  return fmt::format("{} {} {}", unit.point, unit.first, unit.count);
}

RunUnit unit_of(const std::string& name) {
  RunUnit unit;
  std::istringstream in(name);
  in >> unit.point >> unit.first >> unit.count;
  ESCAPEMENT_CHECK(in && unit.count > 0);
  return unit;
}

UnitResult run_unit(const RunUnit& unit, const Point& point, const RunArguments& arguments,
                    const model::InstanceFile* file, unsigned threads, std::atomic<std::uint64_t>& steps) {
  config::Config c = point.config;
  engine::RunOptions options;
  const bool records = !c.record.none() || !c.snapshots.none();
  options.watch.neurons_at_end = records || !point.directory.empty();
  options.watch.rows_at_end = !streams(c);
  if (!point.directory.empty() && c.replicas <= kMostCheckpoints)
    options.checkpoint_directory = point.directory / engine::kCheckpointFolder;
  options.resume = arguments.resume;
  if (const char* seconds = std::getenv("ESCAPEMENT_CHECKPOINT_SECONDS");
      seconds != nullptr && std::atof(seconds) > 0)
    options.checkpoint_seconds = std::atof(seconds);
  UnitResult result;
  const auto begin = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> counted{0};
  const auto poll = [&](std::uint64_t so_far) {  // any thread, in any order
    std::uint64_t before = counted;
    while (so_far > before)
      if (counted.compare_exchange_weak(before, so_far)) {
        steps += so_far - before;
        break;
      }
    return !interrupted();
  };
  if (arguments.certify) {
    options.poll = poll;
    certify_replicas(unit, point, arguments, file, options, result);
  } else if (file != nullptr) {
    options.poll = poll;
    result.runs.push_back(engine::run_instance(model::make_instance(c, *file), options));
  } else {
    c.replica += unit.first;
    c.replicas = unit.count;
    if (streams(point.config) && unit.count == point.config.replicas) {
      result.ensemble.emplace();
      engine::run_ensemble(c, options, threads, poll, [&](std::uint32_t r, engine::RunResult&& run) {
        result.ensemble->add(c.replica + r, run);
      });
    } else {
      result.runs = engine::run_ensemble(c, options, threads, poll);
    }
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

std::string unit_result_text(const RunUnit& unit, const UnitResult& result) {
  std::vector<std::string> parts{fmt::format("{:a}", result.seconds)};
  for (std::size_t r = 0; r < result.runs.size(); ++r)
    parts.push_back(engine::result_text(result.runs[r], unit.first + r > 0));
  return cluster::pack(parts);
}

UnitResult unit_result_of(const std::string& text) {
  UnitResult result;
  const std::vector<std::string> parts = cluster::unpack(text);
  result.seconds = std::strtod(parts.at(0).c_str(), nullptr);
  for (std::size_t r = 1; r < parts.size(); ++r) {
    auto run = engine::result_of(parts[r]);
    ESCAPEMENT_CHECK(run.has_value());
    result.runs.push_back(std::move(*run));
  }
  return result;
}

}  // namespace escapement::cli

#include "escapement/engine/run.h"

#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <type_traits>

#include "escapement/engine/checkpoint.h"
#include "escapement/engine/word_run.h"
#include "escapement/numeric/mutant.h"
#include "escapement/numeric/precision.h"
#include "escapement/reduction/word_kernels.h"

namespace escapement::engine {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <class T>
RunResult run_in(const model::Instance& instance, const RunOptions& options) {
  const numeric::WorkingPrecision precision(instance.config.precision.bits);
  PartsMaker<T> make_parts;
  if constexpr (std::is_same_v<T, numeric::Ball>) make_parts = options.enclosed;
  Simulation<T> simulation(instance, options.watch, make_parts);
  RunResult result;
  result.width_free = runs_width_free(instance);
  result.arithmetic = numeric::scalar_name<T>();
  result.trajectory.columns = observe::column_names();
  std::optional<Checkpoint> checkpoint;
  if (!options.checkpoint_directory.empty()) {
    checkpoint.emplace(options.checkpoint_directory, instance, options.watch);
    if (options.resume) checkpoint->resume(simulation, result.trajectory);
  }
  const std::uint64_t steps_before = simulation.step();
  const auto begin = Clock::now();
  auto saved = begin;
  simulation.run(result.trajectory, [&](std::uint64_t step) {
    if (checkpoint && seconds_since(saved) >= options.checkpoint_seconds) {
      checkpoint->save(simulation, result.trajectory);
      saved = Clock::now();
    }
    return !options.poll || options.poll(step);
  });
  result.seconds = seconds_since(begin);
  result.steps_here = simulation.step() - steps_before;
  if (checkpoint) checkpoint->save(simulation, result.trajectory);
  result.final = simulation.final_state();
  return result;
}

}  // namespace

void check_instance(const model::Instance& instance) {
  const numeric::WorkingPrecision precision(instance.config.precision.bits);
  switch (instance.config.precision.kind) {
    case config::PrecisionChoice::Kind::multiple: model::Problem<numeric::Mp>{instance}; break;
    case config::PrecisionChoice::Kind::certified: model::Problem<numeric::Ball>{instance}; break;
    case config::PrecisionChoice::Kind::binary64: model::Problem<double>{instance}; break;
  }
}

RunResult run_instance(const model::Instance& instance, const RunOptions& options) {
  if (instance.start == nullptr && words_for(instance.config) > 0)
    return std::move(run_in_words({instance}, options, options.poll).front());
  switch (instance.config.precision.kind) {
    case config::PrecisionChoice::Kind::multiple: return run_in<numeric::Mp>(instance, options);
    case config::PrecisionChoice::Kind::certified: return run_in<numeric::Ball>(instance, options);
    case config::PrecisionChoice::Kind::binary64: break;
  }
  return run_in<double>(instance, options);
}

std::vector<RunResult> run_ensemble(const config::Config& config, const RunOptions& options, unsigned threads,
                                    const EnsemblePoll& poll) {
  std::vector<RunResult> results(config.replicas);
  std::atomic<std::uint32_t> next{0};
  std::atomic<std::uint64_t> steps{0};
  std::atomic<bool> stop{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  // What is stepped together is begun together; the results are those of one by one. Every thread gets its share.
  const std::uint32_t crew_size = std::max(1u, threads),
                      share = (config.replicas + crew_size - 1) / crew_size;
  const std::uint32_t size =
      words_for(config) > 0 ? std::min<std::uint32_t>(reduction::kWordLanes, share) : 1;
  const std::uint32_t groups = (config.replicas + size - 1) / size;
  const auto run_group = [&](std::uint32_t first, std::uint32_t end) {
    std::vector<model::Instance> instances;
    for (std::uint32_t r = first; r < end; ++r) {
      const std::uint32_t offset = numeric::mutated(numeric::Mutant::replica_shared) ? 0 : r;
      instances.push_back(model::make_instance(config, config.replica + offset));
    }
    RunOptions mine = options;
    std::uint64_t counted = 0;
    mine.poll = [&](std::uint64_t step) {
      steps += step - counted;
      counted = step;
      if (poll && !poll(steps)) stop = true;
      return !stop;
    };
    if (instances.size() == 1) {
      results[first] = run_instance(instances.front(), mine);
      return;
    }
    std::vector<RunResult> together = run_in_words(instances, mine, mine.poll);
    std::move(together.begin(), together.end(), results.begin() + first);
  };
  const auto work = [&] {
    for (std::uint32_t g = next++; g < groups; g = next++) {
      const std::uint32_t first = g * size, end = std::min(config.replicas, first + size);
      for (std::uint32_t r = first; r < end; ++r) {
        results[r].trajectory.columns = observe::column_names();
        results[r].trajectory.outcome = observe::Outcome::interrupted;
      }
      if (stop) continue;
      try {
        run_group(first, end);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        if (!failure) failure = std::current_exception();
        stop = true;
      }
    }
  };
  std::vector<std::thread> crew;
  for (unsigned t = 1; t < std::min(threads, groups); ++t) crew.emplace_back(work);
  work();
  for (std::thread& t : crew) t.join();
  if (failure) std::rethrow_exception(failure);
  return results;
}

}  // namespace escapement::engine

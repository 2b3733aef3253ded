#include "escapement/engine/run.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <type_traits>

#include "escapement/engine/bundle.h"
#include "escapement/engine/checkpoint.h"
#include "escapement/engine/parallel.h"
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

namespace {

// Replicas of a bundle with their checkpoints, on one thread.
std::vector<RunResult> run_together(const std::vector<model::Instance>& instances, const RunOptions& options,
                                    const EnsemblePoll& poll) {
  const std::size_t size = instances.size();
  std::vector<std::unique_ptr<Simulation<double>>> simulations;
  std::vector<std::unique_ptr<Checkpoint>> checkpoints;
  std::vector<RunResult> results(size);
  std::vector<Bundle::Member> members;
  std::vector<std::uint64_t> steps_before;
  for (std::size_t i = 0; i < size; ++i) {
    simulations.push_back(std::make_unique<Simulation<double>>(instances[i], options.watch));
    results[i].width_free = runs_width_free(instances[i]);
    results[i].trajectory.columns = observe::column_names();
    if (!options.checkpoint_directory.empty()) {
      checkpoints.push_back(
          std::make_unique<Checkpoint>(options.checkpoint_directory, instances[i], options.watch));
      if (options.resume) checkpoints[i]->resume(*simulations[i], results[i].trajectory);
    }
    steps_before.push_back(simulations[i]->step());
    members.push_back({simulations[i].get(), &results[i].trajectory});
  }
  const auto save = [&] {
    for (std::size_t i = 0; i < checkpoints.size(); ++i)
      checkpoints[i]->save(*simulations[i], results[i].trajectory);
  };
  const auto steps_here = [&](std::size_t i) { return simulations[i]->step() - steps_before[i]; };
  const auto begin = Clock::now();
  auto saved = begin;
  Bundle(std::move(members)).run([&](std::uint64_t) {
    if (seconds_since(saved) >= options.checkpoint_seconds) {
      save();
      saved = Clock::now();
    }
    std::uint64_t steps = 0;
    for (std::size_t i = 0; i < size; ++i) steps += steps_here(i);
    return poll(steps);
  });
  const double seconds = seconds_since(begin) / static_cast<double>(size);
  save();
  for (std::size_t i = 0; i < size; ++i) {
    results[i].seconds = seconds;  // a replica's share
    results[i].steps_here = steps_here(i);
    results[i].arithmetic = numeric::scalar_name<double>();
    results[i].final = simulations[i]->final_state();
  }
  return results;
}

}  // namespace

void run_ensemble(const config::Config& config, const RunOptions& options, unsigned threads,
                  const EnsemblePoll& poll, const ReplicaSink& sink) {
  const bool words = words_for(config) > 0;
  const std::uint32_t share = (config.replicas + threads - 1) / threads;  // no thread is left without work
  const std::uint32_t size = words ? std::min<std::uint32_t>(reduction::kWordLanes, share)
                                   : Bundle::size_for(config, config.replicas, threads);
  std::atomic<std::uint64_t> steps{0};
  std::atomic<bool> stop{false};
  std::mutex sink_mutex;
  for_each_piece(threads, (config.replicas + size - 1) / size, [&](std::uint32_t piece) {
    const std::uint32_t first = piece * size, count = std::min(size, config.replicas - first);
    std::uint64_t counted = 0;
    const EnsemblePoll count_steps = [&](std::uint64_t here) {
      steps += here - counted;
      counted = here;
      if (poll && !poll(steps)) stop = true;
      return !stop;
    };
    std::vector<RunResult> results(count);
    for (RunResult& result : results) {
      result.trajectory.columns = observe::column_names();
      result.trajectory.outcome = observe::Outcome::interrupted;
    }
    if (!stop) {
      std::vector<model::Instance> instances;
      for (std::uint32_t r = first; r < first + count; ++r)
        instances.push_back(model::make_instance(
            config, config.replica + (numeric::mutated(numeric::Mutant::replica_shared) ? 0 : r)));
      RunOptions mine = options;
      mine.poll = count_steps;
      if (count > 1 && words) {
        results = run_in_words(instances, mine, mine.poll);
      } else if (count > 1) {
        results = run_together(instances, options, count_steps);
      } else {
        results.front() = run_instance(instances.front(), mine);
      }
    }
    const std::lock_guard lock(sink_mutex);
    for (std::uint32_t i = 0; i < count; ++i) sink(first + i, std::move(results[i]));
  });
}

std::vector<RunResult> run_ensemble(const config::Config& config, const RunOptions& options, unsigned threads,
                                    const EnsemblePoll& poll) {
  std::vector<RunResult> results(config.replicas);
  run_ensemble(config, options, threads, poll,
               [&](std::uint32_t r, RunResult&& result) { results[r] = std::move(result); });
  return results;
}

}  // namespace escapement::engine

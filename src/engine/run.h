// Running an instance in the arithmetic that its configuration names, with checkpoints; and many replicas on threads.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "escapement/engine/simulation.h"

namespace escapement::engine {

struct RunOptions {
  Watch watch;
  PartsMaker<numeric::Ball> enclosed;          // how certified runs enclose; empty: plain balls
  Poll poll;                                   // may be empty
  std::filesystem::path checkpoint_directory;  // empty: none
  bool resume = false;                         // go on from the checkpoint, where there is one
  double checkpoint_seconds = 5;
};

struct RunResult {
  observe::Trajectory trajectory;
  FinalState final;
  double seconds = 0;            // in the loop, recording included, of this process
  std::uint64_t steps_here = 0;  // steps taken by this process
  bool width_free = false;
  std::string arithmetic;                   // double, mpfr, ball, double-word or quad-word
  std::optional<std::uint64_t> left_words;  // in words of doubles up to this step, then in MPFR (word_run.h)
};

// Throws config::InputError where the instance does not fit the arithmetic it names; runs nothing.
void check_instance(const model::Instance& instance);

// One instance. The result does not depend on polling, checkpoints or resumption. Throws config::InputError.
RunResult run_instance(const model::Instance& instance, const RunOptions& options);

// What an ensemble reports while it runs; any thread.
using EnsemblePoll = std::function<bool(std::uint64_t steps_so_far)>;

// Receives replica config.replica + r when it is done; one at a time, in any order.
using ReplicaSink = std::function<void(std::uint32_t r, RunResult&& result)>;

// Replicas config.replica .. config.replica + config.replicas - 1, each exactly what it is alone, on `threads` threads and
// side by side in SIMD lanes where that can be (bundle.h); nothing of a replica is kept once the sink has it. A replica
// that was not begun when polling said stop has outcome `interrupted`, 0 steps, and no observables.
void run_ensemble(const config::Config& config, const RunOptions& options, unsigned threads,
                  const EnsemblePoll& poll, const ReplicaSink& sink);
// The same, all kept, in order of replica.
std::vector<RunResult> run_ensemble(const config::Config& config, const RunOptions& options, unsigned threads,
                                    const EnsemblePoll& poll);

}  // namespace escapement::engine

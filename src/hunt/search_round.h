// One round of a search: independent tasks, each a pure function of (seed, round, task) and the niches before the round.
#pragma once

#include "escapement/hunt/niches.h"

namespace escapement::hunt {

inline constexpr std::uint32_t kTasks = 16, kCandidates = 24;
inline constexpr int kClimbEvaluations = 120;

struct TaskResult {
  std::vector<Elite> elites;
  std::uint64_t evaluations = 0;
};

TaskResult search_task(const Target& target, const Domain& domain, const Niches& niches, std::uint64_t seed,
                       std::uint64_t round, std::uint32_t task, const std::function<bool()>& stop);

// All tasks of the round on this many threads, in order of the task; `stop` is asked often and
// ends it early, with what there is.
std::vector<TaskResult> search_round(const Target& target, const Domain& domain, const Niches& niches,
                                     std::uint64_t seed, std::uint64_t round, unsigned threads,
                                     const std::function<bool()>& stop);

}  // namespace escapement::hunt

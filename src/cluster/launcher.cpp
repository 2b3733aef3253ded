#include "escapement/cluster/launcher.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

#include <sched.h>

namespace escapement::cluster {

Launched launched(const std::function<const char*(const char*)>& variable) {
  const auto number = [&](const char* name, int fallback) {
    const char* text = variable(name);
    return text == nullptr || *text == '\0' ? fallback : std::atoi(text);
  };
  Launched result;
  const char* const managed[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE"};
  result.by_launcher = std::any_of(std::begin(managed), std::end(managed),
                                   [&](const char* name) { return variable(name) != nullptr; });
  // Open MPI, MPICH and its relatives, and srun: SLURM_STEP_*, which a plain command of a batch script does not have.
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"})
    result.size = std::max(result.size, number(name, 1));
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"})
    if (variable(name) != nullptr) {
      result.rank = number(name, 0);
      return result;
    }
  if (result.size > 1) result.rank = number("SLURM_PROCID", 0);
  return result;
}

unsigned processors_among(unsigned neighbours) {
  const unsigned machine = std::max(1u, std::thread::hardware_concurrency());
  unsigned allowed = machine;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0)
    allowed = std::max(1u, static_cast<unsigned>(CPU_COUNT(&set)));
  return std::min(allowed, std::max(1u, machine / std::max(1u, neighbours)));
}

}  // namespace escapement::cluster

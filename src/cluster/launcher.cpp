#include "escapement/cluster/launcher.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include <sched.h>

namespace escapement::cluster {

namespace {

namespace fs = std::filesystem;

// The name of a process as /proc/PID/comm has it: 15 characters at the most.
bool is_launcher(const std::string& name) {
  const char* const launchers[] = {"mpirun", "mpiexec",         "mpiexec.hydra", "orterun",
                                   "orted",  "prterun",         "prted",         "prte",
                                   "srun",   "hydra_pmi_proxy", "slurmstepd"};
  return std::any_of(std::begin(launchers), std::end(launchers),
                     [&](const char* launcher) { return name == std::string(launcher).substr(0, 15); });
}

bool uses_mpi(const fs::path& process) {
  std::ifstream maps(process / "maps");
  for (std::string line; std::getline(maps, line);) {
    const std::string file = line.substr(line.rfind('/') + 1);
    if (file.rfind("libmpi", 0) == 0) return true;  // libmpi.so.40, libmpich.so.12, libmpi_cray.so, ...
  }
  return false;
}

// 0 where it cannot be told.
long parent_of(const fs::path& process) {
  std::ifstream status(process / "status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("PPid:", 0) == 0) return std::atol(line.c_str() + 5);
  return 0;
}

}  // namespace

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

Above above(const fs::path& proc, long pid) {
  constexpr int kFarthest = 1000;  // a ring of parents, which only a broken /proc has, ends too
  long parent = parent_of(proc / std::to_string(pid));
  for (int i = 0; parent > 0 && i < kFarthest; ++i) {
    const fs::path process = proc / std::to_string(parent);
    std::string name;
    std::ifstream comm(process / "comm");
    std::getline(comm, name);
    if (is_launcher(name)) return Above::launcher;
    if (uses_mpi(process)) return Above::mpi_program;
    parent = parent_of(process);
  }
  return Above::neither;
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

#include "escapement/cluster/launcher.h"

#include <cstdlib>
#include <map>

#include <catch2/catch.hpp>

using namespace escapement::cluster;

namespace {

Launched with(const std::map<std::string, std::string>& environment) {
  return launched([&](const char* name) -> const char* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  });
}

}  // namespace

TEST_CASE("launchers are known by what they leave in the environment") {
  struct Case {
    std::map<std::string, std::string> environment;
    bool by_launcher;
    int size, rank;
  };
  const Case cases[] = {
      {{}, false, 1, 0},
      {{{"OMPI_COMM_WORLD_SIZE", "4"}, {"OMPI_COMM_WORLD_RANK", "3"}, {"PMIX_RANK", "3"}}, true, 4, 3},
      {{{"OMPI_COMM_WORLD_SIZE", "1"}, {"OMPI_COMM_WORLD_RANK", "0"}}, true, 1, 0},
      {{{"PMI_SIZE", "8"}, {"PMI_RANK", "2"}}, true, 8, 2},  // MPICH
      {{{"SLURM_STEP_NUM_TASKS", "6"}, {"SLURM_PROCID", "5"}, {"PMIX_RANK", "5"}},
       true,
       6,
       5},                                                                    // srun --mpi=pmix
      {{{"SLURM_STEP_NUM_TASKS", "6"}, {"SLURM_PROCID", "5"}}, false, 6, 5},  // srun --mpi=none
      {{{"SLURM_NTASKS", "6"}, {"SLURM_PROCID", "0"}}, false, 1, 0},  // a plain command of a batch script
      {{{"OMPI_COMM_WORLD_SIZE", ""}}, true, 1, 0},
  };
  for (const Case& c : cases) {
    const Launched found = with(c.environment);
    CHECK(found.by_launcher == c.by_launcher);
    CHECK(found.size == c.size);
    CHECK(found.rank == c.rank);
  }
}

TEST_CASE("a process takes its share of the machine") {
  CHECK(processors_among(1) >= 1);
  CHECK(processors_among(2) <= processors_among(1));
  CHECK(processors_among(100'000) == 1);
}

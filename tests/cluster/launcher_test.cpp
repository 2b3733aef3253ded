#include "escapement/cluster/launcher.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "support/scratch_folder.h"

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

namespace {

// A folder as /proc, of the test's own processes.
class Processes {
 public:
  void add(long pid, long parent, const std::string& name, const std::string& library) const {
    const std::filesystem::path process = scratch_.path() / std::to_string(pid);
    std::filesystem::create_directories(process);
    std::ofstream(process / "comm") << name << "\n";
    std::ofstream(process / "status") << "Name:\t" << name << "\nPPid:\t" << parent << "\n";
    std::ofstream(process / "maps") << "7f00-7f01 r-xp 00000000 08:01 17   /usr/lib/" << library << "\n";
  }
  const std::filesystem::path& folder() const { return scratch_.path(); }

 private:
  escapement::test::ScratchFolder scratch_;
};

}  // namespace

TEST_CASE("the nearest process above that knows MPI decides whose the environment is") {
  const Processes all;
  all.add(1, 0, "systemd", "libc.so.6");
  all.add(10, 1, "mpirun", "libopen-rte.so.40");
  all.add(11, 10, "bash", "libc.so.6");
  all.add(12, 11, "escapement", "libmpi.so.40");
  all.add(20, 10, "python3", "libmpich.so.12");
  all.add(21, 20, "sh", "libc.so.6");
  all.add(22, 21, "escapement", "libc.so.6");
  all.add(30, 1, "bash", "libimpish.so");
  all.add(31, 30, "escapement", "libmpi.so.40");
  all.add(40, 41, "escapement", "libc.so.6");
  all.add(41, 40, "broken", "libc.so.6");
  all.add(50, 1, "mpiexec.hydra", "libc.so.6");
  all.add(51, 50, "hydra_pmi_proxy", "libc.so.6");
  all.add(52, 51, "escapement", "libc.so.6");
  CHECK(above(all.folder(), 12) == Above::launcher);
  CHECK(above(all.folder(), 22) == Above::mpi_program);
  CHECK(above(all.folder(), 31) == Above::neither);
  CHECK(above(all.folder(), 40) == Above::neither);
  CHECK(above(all.folder(), 52) == Above::launcher);
  CHECK(above(all.folder(), 99) == Above::neither);
}

TEST_CASE("a process takes its share of the machine") {
  CHECK(processors_among(1) >= 1);
  CHECK(processors_among(2) <= processors_among(1));
  CHECK(processors_among(100'000) == 1);
}

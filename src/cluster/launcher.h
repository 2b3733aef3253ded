// What launchers of parallel programs leave in the environment of the processes that they start.
#pragma once

#include <filesystem>
#include <functional>

namespace escapement::cluster {

struct Launched {
  bool by_launcher =
      false;     // started by mpirun, mpiexec or srun with a process manager: MPI can be initialised
  int size = 1;  // processes started together, as far as the environment says
  int rank = 0;  // of this one
};

// `variable`: the value of an environment variable, null where it is not set; std::getenv.
Launched launched(const std::function<const char*(const char*)>& variable);

// Which of the processes above another one decides what that one's environment means. The variables of a launcher are
// inherited by everything that its processes start.
enum class Above {
  launcher,  // mpirun, srun or one of their relatives, perhaps with shells between: the variables are meant for it
  mpi_program,  // a program that uses MPI itself: the variables are that program's
  neither       // as far as can be seen; a container may hide its launcher
};

// The nearest of them above process `pid`. `proc`: the folder /proc.
Above above(const std::filesystem::path& proc, long pid);

// Processors that this process may run on: its affinity, but no more than its share of the machine among `neighbours`
// processes on it. At least 1.
unsigned processors_among(unsigned neighbours);

}  // namespace escapement::cluster

// The one file that knows MPI. Compiled without it too, where `join` then only knows processes that are alone.
#include <climits>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "escapement/cluster/alone.h"
#include "escapement/cluster/failed.h"
#include "escapement/cluster/launcher.h"
#include "escapement/cluster/transport.h"

#ifdef ESCAPEMENT_MPI
#include <mpi.h>
#endif

namespace escapement::cluster {

namespace {

// Every rank of a launch that cannot work says so: one that left without a word would look like success to the program
// that started it.
[[noreturn]] void refuse(const Launched& launch, const std::string& why) {
  throw Failed(2, "started as " + std::to_string(launch.size) + " processes, but " + why +
                      " (docs/concepts/cluster.md)");
}

#ifdef ESCAPEMENT_MPI

class MpiTransport final : public Transport {
 public:
  MpiTransport() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    MPI_Comm here;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    MPI_Comm_size(here, &neighbours_);
    MPI_Comm_free(&here);
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  unsigned processors() const override { return processors_among(static_cast<unsigned>(neighbours_)); }

  void send(int to, Kind kind, const std::string& text) override {
    if (text.size() > (std::size_t{1} << 30))
      throw Failed(
          2, "a result is larger than 1 GiB and cannot be handed to rank 0; record less, or run it alone");
    MPI_Send(text.data(), static_cast<int>(text.size()), MPI_BYTE, to, static_cast<int>(kind),
             MPI_COMM_WORLD);
  }

  std::optional<Message> receive() override {
    int there = 0, bytes = 0;
    MPI_Message handle;
    MPI_Status status;
    MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &handle, &status);
    if (there == 0) return std::nullopt;
    MPI_Get_count(&status, MPI_BYTE, &bytes);
    Message message{status.MPI_SOURCE, static_cast<Kind>(status.MPI_TAG),
                    std::string(static_cast<std::size_t>(bytes), '\0')};
    MPI_Mrecv(message.text.data(), bytes, MPI_BYTE, &handle, &status);
    return message;
  }

  void part() override { MPI_Finalize(); }

 private:
  int rank_ = 0, size_ = 1, neighbours_ = 1;
};

#endif

}  // namespace

// MPI is initialised under a launcher only: without one it would cost each plain command half a second.
std::unique_ptr<Transport> join() {
  const Launched launch = launched([](const char* name) -> const char* { return std::getenv(name); });
  if (!launch.by_launcher && launch.size == 1) return std::make_unique<Alone>();
  const Above parents = above("/proc", ::getpid());
  // The variables were meant for the program that started this one, which may have called MPI_Init as that rank.
  if (parents == Above::mpi_program) return std::make_unique<Alone>();
  std::unique_ptr<Transport> ranks = std::make_unique<Alone>();
  std::string why = "without a process manager for MPI; with Slurm: srun --mpi=pmix";
#ifdef ESCAPEMENT_MPI
  if (launch.by_launcher) {
    ranks = std::make_unique<MpiTransport>();
    if (ranks->size() >= launch.size) return ranks;
    why = "each finds itself alone: this build's Open MPI does not understand that launcher";
  }
#else
  why = "built without MPI: install libopenmpi-dev and build again, or start one";
#endif
  if (launch.size == 1) return ranks;
  if (parents == Above::launcher || !launch.by_launcher) {
    if (launch.by_launcher) ranks->part();
    refuse(launch, why);
  }
  std::fprintf(stderr,
               "escapement: the environment speaks of %d processes (OMPI_COMM_WORLD_SIZE, PMI_SIZE), of "
               "whose launcher "
               "nothing is seen: this one works alone\n",
               launch.size);
  return ranks;
}

}  // namespace escapement::cluster

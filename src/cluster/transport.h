// Texts between the ranks: the processes that mpirun or srun started together, numbered 0 .. size - 1. Only the main thread
// of a process uses its transport.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace escapement::cluster {

enum class Kind {
  hello,    // to rank 0: how many units I compute at a time
  unit,     // from rank 0: compute this
  result,   // to rank 0: of a unit
  failure,  // to rank 0: a unit that could not be computed
  pulse,    // to rank 0: I am alive, and this is how far I am
  end,      // from rank 0: there is nothing more to do
  farewell  // to rank 0, my last: exit code and a line, empty where all is well
};

struct Message {
  int from = 0;
  Kind kind = Kind::pulse;
  std::string text;
};

class Transport {
 public:
  virtual ~Transport() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;
  // How many processors this process may take for itself: its share of the machine, or what the launcher bound it to.
  virtual unsigned processors() const = 0;

  // Texts between two ranks arrive in the order in which they were sent. Throws Failed where a text is longer than 1 GiB.
  virtual void send(int to, Kind kind, const std::string& text) = 0;
  virtual std::optional<Message> receive() = 0;  // what has arrived; never waits
  // Ends the connection when every rank calls it; waits for them. Nothing can be sent afterwards.
  virtual void part() = 0;
};

// The ranks of this process's launcher, or a rank of its own where nothing launched it. Throws Failed (exit code 2) where a
// launcher started several processes and they cannot talk to each other: a build without MPI, or another MPI's launcher.
std::unique_ptr<Transport> join();

}  // namespace escapement::cluster

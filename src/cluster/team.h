// Units of work over the ranks: rank 0 leads, hands them out one by one as ranks become free, and computes too; the others
// serve. What a unit's name says is all that its result depends on, so results do not depend on who computed what.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "escapement/cluster/bench.h"
#include "escapement/cluster/transport.h"

namespace escapement::cluster {

// How far a rank is with what it is computing.
struct Pulse {
  std::uint64_t work = 0;  // done so far by this rank, in whatever the command counts
  std::string note;        // one line, may be empty
};

struct Hands {
  unsigned slots = 1;  // units that this rank computes at a time
  // The exact text of a unit's result. Any thread, several at once. Throws Failed, which ends the whole run, and whatever it
  // likes where `interrupted` says so.
  std::function<std::string(const std::string& unit)> compute;
  std::function<Pulse()> pulse;       // of this rank; main thread, four times a second; may be empty
  std::function<bool()> interrupted;  // the user asked to stop; may be empty
  std::function<void()>
      stop;  // makes `interrupted` true: rank 0 has ended before this one's unit; may be empty
  double silence_seconds = 60;  // a rank that was not heard from for so long is taken for lost
};

// Ranks 1, 2, ...: computes what rank 0 hands out until it says that there is no more, or the user asked to stop.
// Throws Failed where a result is too large to send.
void serve(Transport& transport, const Hands& hands);

class Leader {
 public:
  // watch: of all ranks, four times a second; may be empty.
  Leader(Transport& transport, Hands hands, std::function<void(const std::vector<Pulse>&)> watch);
  // Computes all units, in any order; `accept` is called from the calling thread with each unit's position and result as it
  // comes. Returns false after an interruption: alone, once the units that were begun have ended and were accepted; with other
  // ranks at once, since launchers kill a second after they asked. Throws what `compute` threw here, and Failed where a
  // rank could not compute a unit, left or fell silent.
  bool each(const std::vector<std::string>& units,
            const std::function<void(std::size_t position, std::string result)>& accept);

 private:
  struct Rank {
    unsigned slots = 0, busy = 0;  // slots 0: it has not said hello
    double silent_seconds = 0;
  };
  void hand_out(std::vector<std::string>& waiting);
  // What has arrived; results go to `accept`. Returns whether there was anything.
  bool listen(const std::function<void(const std::string& unit, std::string result)>& accept);
  bool take_own(double seconds,
                const std::function<void(const std::string& unit, std::string result)>& accept);
  void look_around(double seconds);
  bool stopping() const { return left_ || (hands_.interrupted && hands_.interrupted()); }

  Transport& transport_;
  Hands hands_;
  std::function<void(const std::vector<Pulse>&)> watch_;
  std::vector<Rank> ranks_;
  std::vector<Pulse> pulses_;
  bool left_ = false;  // a rank was interrupted
  std::chrono::steady_clock::time_point looked_;
  Bench bench_;
};

// Rank 0's end: tells the others that there is no more, waits at most so long for their farewells, and parts. Returns false,
// without parting, where one did not answer.
bool dismiss(Transport& transport, double seconds);
// The last word of ranks 1, 2, ...: the exit code and the line that this process would have had alone.
void say_farewell(Transport& transport, int code, const std::string& line);

}  // namespace escapement::cluster

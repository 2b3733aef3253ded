// What the commands that spread their work over ranks share.
#pragma once

#include <exception>
#include <functional>
#include <string>

#include "escapement/cluster/failed.h"
#include "escapement/cluster/team.h"
#include "escapement/cluster/transport.h"

namespace escapement::cli {

// Threads of this process: as asked for, else its share of the machine.
unsigned threads_of(unsigned asked, const cluster::Transport& ranks);

// The tool's process: joins the other ranks, runs the command, says on standard error what it threw, and parts. Returns the
// exit code; that of ranks other than 0 is 0, what they have to say goes to rank 0.
int among_ranks(const std::function<int(cluster::Transport&)>& command);

// Ranks other than 0, where rank 0 works alone: waits for its end.
int stand_by(cluster::Transport& ranks);

// What the tool says, and its exit code, for an exception that reached the top.
cluster::Failed as_failed(const std::exception_ptr& failure);

// Hands of this rank with Ctrl-C as their end. ESCAPEMENT_SILENCE_SECONDS changes how long a rank may be silent.
cluster::Hands hands(unsigned slots, std::function<std::string(const std::string&)> compute,
                     std::function<cluster::Pulse()> pulse);

// After an interruption with several ranks: says what is kept, and throws Failed.
[[noreturn]] void stopped_among_ranks(const std::string& directory);

}  // namespace escapement::cli

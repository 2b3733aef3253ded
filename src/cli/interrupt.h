// Ctrl-C, SIGTERM and SIGHUP ask a command to stop: loops ask `interrupted` between their steps, and the command ends with
// what there is. A second signal ends the process at once.
#pragma once

namespace escapement::cli {

inline constexpr int kInterrupted = 130;  // the exit code of every command that was asked to stop

void catch_interrupts();
bool interrupted();  // by a signal or ask_to_stop
bool signalled();    // by a signal
void ask_to_stop();  // any thread

// A process that was signalled and is still computing two seconds later ends with exit code 130 and a line on standard error:
// a single step of a very wide network, or the draw of its start, may take minutes. What is on disk is then what a kill leaves,
// from which --resume goes on. Time in which the process got no processor, or waits for a disk, is granted: up to ten seconds.
void end_soon_after_signals();

}  // namespace escapement::cli

// Ctrl-C and SIGTERM ask a run to stop at the next step; a second one ends the process at once.
#pragma once

namespace escapement::cli {

void catch_interrupts();
bool interrupted();  // by a signal or ask_to_stop
bool signalled();    // by a signal
void ask_to_stop();  // any thread

}  // namespace escapement::cli

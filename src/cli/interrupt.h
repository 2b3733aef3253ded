// Ctrl-C and SIGTERM ask a run to stop at the next step; a second one ends the process at once.
#pragma once

namespace escapement::cli {

void catch_interrupts();
bool interrupted();

}  // namespace escapement::cli

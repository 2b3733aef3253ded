// `escapement check --calibrate`: how often the tests raise false alarms, by simulation.
#pragma once

#include "escapement/cli/check_command.h"

namespace escapement::cli {

// Prints the table (or the object of --json); exit code 0, or 1 where the e-process's rate is above alpha by more than
// the simulation's own error.
int calibrate(const CheckArguments& arguments, double alpha);

}  // namespace escapement::cli

// From the options of `hunt` to where it looks.
#pragma once

#include "escapement/cli/hunt_command.h"
#include "escapement/hunt/domain.h"

namespace escapement::cli {

// Throws config::InputError.
hunt::Domain domain_of(const HuntArguments& arguments);

}  // namespace escapement::cli

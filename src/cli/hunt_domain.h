// From the options of `hunt` to where it looks.
#pragma once

#include "escapement/cli/hunt_command.h"
#include "escapement/cli/hunt_rows.h"
#include "escapement/hunt/domain.h"

namespace escapement::cli {

// Keys are those that every row can be searched over. Throws config::InputError.
hunt::Domain domain_of(const HuntArguments& arguments, const std::vector<HuntRow>& rows);

}  // namespace escapement::cli

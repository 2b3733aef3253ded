// What keys ask of each other.
#pragma once

#include "escapement/config/config.h"

namespace escapement::config {

// Fills in what depends on the algorithm where nothing set it (batch, init), then throws InputError for the first
// contradiction, at the place that set the key which does not fit.
void validate(Config& config);

}  // namespace escapement::config

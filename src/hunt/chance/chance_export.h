// A find about runs as a program of its own.
#pragma once

#include <string>

#include "escapement/hunt/chance/chance_file.h"

namespace escapement::hunt {

// NumPy and nothing of ours: draws its own runs of the configuration, in batches, counts failures, and exits with 1 where
// their share is above the bound by three standard deviations of the bound. Throws config::InputError for a claim that it
// has no program for.
std::string python_snippet(const StoredChance& stored, const theory::Chance& chance);

}  // namespace escapement::hunt

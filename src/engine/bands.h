// An ensemble's bands: over replicas, step by step, the mean and the 10, 50 and 90 per cent quantiles of every column.
#pragma once

#include <vector>

#include "escapement/observe/trajectory.h"

namespace escapement::engine {

// Columns NAME_mean, NAME_q10, NAME_q50, NAME_q90 in order; a step is there when every trajectory has it, a value when it
// is defined in all. Quantiles are values that occur (rank ceil(p R)), ordered by midpoints.
observe::Trajectory bands(const std::vector<const observe::Trajectory*>& ensemble);

}  // namespace escapement::engine

// What a number, or all of them, may become: always cheaper by cost_of, so that shrinking ends.
#pragma once

#include <vector>

#include "escapement/hunt/case.h"

namespace escapement::hunt {

// Cheaper values near x or plain, cheapest first: 0, 1, small integers and fractions, powers of two, x cut to few bits or
// few decimal digits.
std::vector<Exact> simpler_numbers(const Exact& x);

// Cheapest first: 0, 1, 1/2, -1, 2, ...
const std::vector<Exact>& plain_numbers();
// For step sizes: 1, 1/2, 1/4, 1/8, ...
const std::vector<Exact>& plain_step_sizes();

}  // namespace escapement::hunt

// Enclosures of monotone functions: evaluate at both ends of the argument, exact points, and take the hull. Wide
// arguments then cost no more than the function's own variation.
#pragma once

#include "escapement/numeric/ball.h"

namespace escapement::stats {

using numeric::Ball;

// Bits carried beyond the working precision inside a function of this room.
inline constexpr long kGuardBits = 40;

Ball lower_end(const Ball& x, long bits);  // exact, at most the least point of x
Ball upper_end(const Ball& x, long bits);  // exact, at least the greatest
// Encloses a, b and all between, cut to [0, 1], rounded to the working precision.
Ball probability_hull(const Ball& a, const Ball& b);

}  // namespace escapement::stats

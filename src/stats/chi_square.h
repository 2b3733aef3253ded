// The chi-square law as rigorous enclosures: also where its tails are 10^-4000.
#pragma once

#include "escapement/numeric/ball.h"

namespace escapement::stats {

using numeric::Ball;

// P( chi^2_d <= x ) and P( chi^2_d > x ), d >= 1 degrees of freedom, as enclosures over all of x, at the thread's working
// precision (numeric::WorkingPrecision). Relative to the probability, in either tail. x < 0 gives 0 and 1; x finite.
Ball chi_square_cdf(long d, const Ball& x);
Ball chi_square_survival(long d, const Ball& x);

}  // namespace escapement::stats

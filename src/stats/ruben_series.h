// Ruben's series [Ruben1962] for a positive quadratic form in Gaussians, at exact arguments.
#pragma once

#include <vector>

#include "escapement/numeric/ball.h"
#include "escapement/stats/chi_square_ladder.h"

namespace escapement::stats {

// P( sum_k lambda_k u_k^2 <= t ) (Tail::lower) or its complement, lambda_k > 0 and t > 0 exact, not empty: an enclosure
// relative to the probability at `bits`, or as wide as the rest of the series where max_terms do not suffice.
Ball ruben_series(Tail tail, const std::vector<Ball>& lambda, const Ball& t, long max_terms, long bits);

// About how many terms it takes; in doubles, no bound.
double ruben_terms(Tail tail, const std::vector<Ball>& lambda, const Ball& t, long bits);

}  // namespace escapement::stats

// The law of a positive quadratic form in independent standard Gaussians, as rigorous enclosures: norms of Gaussian
// neurons, also where the probability is 10^-4000. Derivation: docs/derivations/gaussian-quadratic-form.md.
#pragma once

#include <vector>

#include "escapement/numeric/ball.h"

namespace escapement::stats {

using numeric::Ball;

// Terms of Ruben's series that are summed at most.
inline constexpr long kRubenTerms = 200'000;

// P( sum_k lambda_k u_k^2 <= t ) and its complement, u_k independent N(0, 1), lambda_k >= 0 [d], by Ruben's series
// [Ruben1962] at the thread's working precision (numeric::WorkingPrecision). An enclosure over all lambda in their balls
// (of which the negative part is ignored) and all t: monotone in each, it is evaluated at the two extreme corners.
// Accurate relative to the probability in either tail. Where max_terms do not suffice, because the lambda_k differ by
// too large a factor, what is not summed is in the radius: look at it. An empty form is 0. lambda and t finite, no
// lambda certainly negative.
Ball quadratic_form_cdf(const std::vector<Ball>& lambda, const Ball& t, long max_terms = kRubenTerms);
Ball quadratic_form_survival(const std::vector<Ball>& lambda, const Ball& t, long max_terms = kRubenTerms);

}  // namespace escapement::stats

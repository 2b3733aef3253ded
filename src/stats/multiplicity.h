// Many claims at once: what each may spend, and which of many e-values count.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace escapement::stats {

// alpha_i = alpha w_i / sum w, so that the chance of any false `violated` among the claims is at most alpha, whatever
// their dependence (union bound). Weights are >= 0, finite, not all 0; alpha in (0, 1). The sum of the result does not
// exceed alpha.
std::vector<double> spend_alpha(double alpha, std::span<const double> weights);

// e-BH [WangRamdas2022]: with K e-values, reject the k largest for the greatest k whose k-th largest is >= K / (alpha k).
// The expected share of false ones among the rejected is at most alpha, whatever their dependence. Each may be +-infinity,
// not NaN. Returns rejected[i] per hypothesis; ties are treated alike.
std::vector<bool> e_bh(double alpha, std::span<const double> log_e);

}  // namespace escapement::stats

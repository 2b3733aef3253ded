// Evenly spaced exact values, for sweeps.
#pragma once

#include <cstddef>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::config {

// count >= 2 values from a to b, both included: a + i (b - a) / (count - 1).
std::vector<numeric::Exact> linear_ladder(const numeric::Exact& a, const numeric::Exact& b,
                                          std::size_t count);

// Likewise with a constant ratio, a, b > 0. Exact where (b/a)^(1/(count - 1)) is rational and short; elsewhere the inner
// values are rounded to six significant decimal digits.
std::vector<numeric::Exact> logarithmic_ladder(const numeric::Exact& a, const numeric::Exact& b,
                                               std::size_t count);

}  // namespace escapement::config

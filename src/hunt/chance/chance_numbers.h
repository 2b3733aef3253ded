// Counts that can be read aloud.
#pragma once

#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::hunt {

using numeric::BigInt;
using numeric::Exact;

// The largest integer <= x of at most two significant digits; 1 where x < 2.
Exact short_count(const Exact& x);
// 1, 2, ..., 99, 100, 110, ... below x, ascending.
std::vector<Exact> short_counts_below(const Exact& x);

}  // namespace escapement::hunt

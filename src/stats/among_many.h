// An event of one neuron with probability p, among m independent ones, m as large as 10^548.
#pragma once

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"

namespace escapement::stats {

// All enclosures over p, at the working precision, relative to the value itself.
struct AmongMany {
  numeric::Ball none;          // (1-p)^m
  numeric::Ball at_least_one;  // 1 - (1-p)^m, without cancellation
  numeric::Ball expected;      // m p, how many
};

// p in [0, 1] (of its ball the rest is ignored), finite; m >= 0.
AmongMany among_many(const numeric::Ball& p, const numeric::BigInt& m);

}  // namespace escapement::stats

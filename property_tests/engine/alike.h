// Two instances whose trajectories are one: with the same operations bit for bit, with others within the running errors of
// both, in enclosures with a point in common; in both states, in every scalar.
#pragma once

#include <sstream>

#include "ends.h"

namespace escapement::test {

// What Z and theta of the one are, as powers of two times those of the other.
struct Units {
  int neurons = 0, predictor = 0;  // exponents
};

// double, and Mp and Ball at a drawn number of bits.
void expect_alike(const InstanceSpec& x, const InstanceSpec& y);

// double and Mp, bit for bit: y ends at `units` times the end of x. Ball: with a point in common.
void expect_identical(const InstanceSpec& x, const InstanceSpec& y, const Units& units = {});

}  // namespace escapement::test

// An instance that was made from what RapidCheck drew, rather than drawn: shown, and written to a file, if the law fails.
#define RC_LOG_CASE(spec)     \
  do {                        \
    std::ostringstream shown; \
    showValue(spec, shown);   \
    RC_LOG() << shown.str();  \
  } while (false)

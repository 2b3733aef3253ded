// Intervals for a probability p from k failures in n trials. The confidence sequence holds at all n at once; the other
// two hold at one n fixed beforehand, and stand here to be compared with, not to judge by.
#pragma once

#include <cstdint>

namespace escapement::stats {

struct Interval {
  double low = 0, high = 1;
};

// Two-sided at level 1 - alpha, alpha/2 on either side, so `low` is also the one-sided limit at alpha/2. 0 < alpha < 2
// (alpha >= 1 only for one-sided use). n = 0 gives [0, 1].
// Exact: coverage is at least 1 - alpha at every p [ClopperPearson1934].
Interval clopper_pearson(std::uint64_t n, std::uint64_t k, double alpha);
// Inverts the normal approximation at p [Wilson1927]: coverage is about 1 - alpha, sometimes well below.
Interval wilson(std::uint64_t n, std::uint64_t k, double alpha);

// Simultaneous in n: P( p in the interval at every n ) >= 1 - alpha, 0 < alpha < 1. The q whose log_e_equal
// (e_process.h) is below log(1/alpha) [Robbins1970; Howard2021], rounded outwards. With `ambiguous` trials beyond k that
// may or may not be failures, the interval covers whatever they were: low from k, high from k + ambiguous.
Interval confidence_sequence(std::uint64_t n, std::uint64_t k, double alpha, std::uint64_t ambiguous = 0);

}  // namespace escapement::stats

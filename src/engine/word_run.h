// Runs in words of doubles: `--precision 106` as double words and `--precision 212` as quad words, eight replicas at a time
// in SIMD lanes, wherever the run allows it; else in MPFR. Which it was is in RunResult::arithmetic.
#pragma once

#include "escapement/engine/run.h"

namespace escapement::engine {

// Words that a replica of this configuration takes, 2 or 4, or 0 where it runs otherwise: they are for 106 and 212 bits
// (unless written mpfr:BITS), the width-free state, generated data, and no followed neurons.
std::size_t words_for(const config::Config& config);

// Up to eight replicas of one configuration with words_for() > 0, stepped together; each exactly what it is alone.
// A replica whose numbers leave the range of doubles goes on in MPFR from that step: RunResult::left_words says so.
// `poll` is asked with the steps taken so far, of all replicas together.
std::vector<RunResult> run_in_words(const std::vector<model::Instance>& instances, const RunOptions& options,
                                    const Poll& poll);

}  // namespace escapement::engine

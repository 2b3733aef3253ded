// The peer: a property in plain RapidCheck, its own numbers and its own shrinking.
#pragma once

#include <cstdint>

#include "escapement/hunt/domain.h"

namespace escapement::hunting {

struct PlainResult {
  bool found = false;
  double seconds = 0;                                    // of CPU
  std::uint64_t cases = 0, numbers = 0, characters = 0;  // after shrinking
};

// Until so many cases or CPU seconds are through.
PlainResult plain_rapidcheck(const hunt::Target& target, const hunt::Domain& domain, std::uint64_t seed,
                             std::uint64_t cases, double budget);

}  // namespace escapement::hunting

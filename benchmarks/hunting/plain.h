// The peer: a property in plain RapidCheck, its own numbers and its own shrinking.
#pragma once

#include <cstdint>

#include "escapement/hunt/target.h"

namespace escapement::hunting {

struct PlainResult {
  bool found = false;
  double seconds = 0;
  std::uint64_t cases = 0, numbers = 0, characters = 0;  // after shrinking
};

PlainResult plain_rapidcheck(const hunt::Target& target, std::uint64_t seed, std::uint64_t cases);

}  // namespace escapement::hunting

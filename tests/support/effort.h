// How much the randomised tests do: the environment variable ESCAPEMENT_EFFORT multiplies their number of cases
// (1 unless set; 0.1 for a quick look, 100 for a night).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace escapement::test {

inline double effort() {
  const char* text = std::getenv("ESCAPEMENT_EFFORT");
  const double factor = text != nullptr ? std::strtod(text, nullptr) : 1.0;
  return std::isfinite(factor) && factor > 0 ? factor : 1.0;
}

// `cases` times the effort, at least one.
inline int scaled(int cases) { return static_cast<int>(std::clamp(cases * effort(), 1.0, 1e9)); }

}  // namespace escapement::test

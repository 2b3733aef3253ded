// From a find to one that can be read aloud. Order: structure (width, dimension, steps, samples), zero and equal entries,
// the driving noise, then single numbers by cost_of; last every case of the same or a smaller structure over a short list of
// numbers, so that different finds end in the same simplest one. docs/concepts/hunting.md.
#pragma once

#include <functional>

#include "escapement/hunt/domain.h"

namespace escapement::hunt {

struct Shrinking {
  double least = 0;                          // the margin that must stay, certainly
  bool honest = true;                        // a case that is not degenerate must not become so
  std::uint64_t most_tried = 400'000;        // candidates; work, not time
  std::function<void(const Case&)> smaller;  // told of every success; may be empty
  std::function<bool()> stop;                // asked between candidates; may be empty
};

struct Shrunk {
  Case values;
  std::uint64_t tried = 0, taken = 0;
};

// `start` is admitted and violated by at least `least`. Deterministic; from what `smaller` was last told it goes on to
// the same end.
Shrunk shrink(const Target& target, const Domain& domain, const Case& start, const Shrinking& how);

// Half of the best margin, rounded up to a power of two first, so that finds of nearly the same margin are held to the
// same: at least half of `best`, at most `best`.
double margin_to_keep(double best);

}  // namespace escapement::hunt

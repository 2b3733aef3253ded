// Local ascent of the margin over a case's numbers, by NLopt's subplex [Rowan1990]: derivative-free, since margins have kinks.
#pragma once

#include "escapement/hunt/domain.h"

namespace escapement::hunt {

struct Climbed {
  Case values;
  double margin = kNoScore;
  std::uint64_t evaluations = 0;
};

// From an admitted case, at most `evaluations` of the margin; steps over ground that is not admitted. Pure until `stop` says so: no clock, no
// random numbers. Numbers that change become doubles, exactly.
Climbed climb(const Target& target, const Domain& domain, const Case& start, double margin, int evaluations,
              const std::function<bool()>& stop);

}  // namespace escapement::hunt

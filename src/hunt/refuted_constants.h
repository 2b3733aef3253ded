// Which constants a counterexample refutes, for claims that hide one in O(.) or Omega(.).
#pragma once

#include <optional>
#include <string>

#include "escapement/hunt/chance/chance_file.h"

namespace escapement::hunt {

struct RefutedConstants {
  // The case refutes every smaller constant: a decimal, rounded down; "infinity" if the bound is zero for each of them.
  std::string below;
  // The constant is that of O(1/m) as a probability, and `below` is less than 1: the case itself has a probability below
  // 1/m, which the claim with K = 1 allows.
  bool only_small = false;

  // "refutes every constant K < 2.68e-09 ..."
  std::string text() const;
};

// By enclosures, from their safe side. For a box of starts, p m with p its probability; else the largest ratio of the left
// side to the right one at K = 1. None if the claim has no constant, or if the enclosures do not show a violation.
std::optional<RefutedConstants> refuted_constants(const Target& target, const Case& c);

// The constant that the test refuted, or, where the bound is K/m, the one at which it is the lower end of the confidence
// sequence, if that is larger. None if the claim has no constant there.
std::optional<RefutedConstants> refuted_constants(const ChanceTarget& target, const ChanceCase& c,
                                                  double low);

}  // namespace escapement::hunt

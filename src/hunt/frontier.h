// The border between failing and holding along one parameter of a find, everything else as it is.
#pragma once

#include <string>
#include <vector>

#include "escapement/hunt/domain.h"

namespace escapement::hunt {

struct Border {
  Exact fails, holds;   // neighbours along the key: the claim surely fails at one, surely holds at the other
  std::string summary;  // of the case at `fails`
};

// Keys: eta, sigma, constant, theta_norm (theta* as a multiple of the find's), start (Z(0) likewise). Throws
// config::InputError for another one.
void check_frontier_key(const std::string& key);

// Walks up, then down, by factors of two until the claim holds, then bisects to `bits` bits. Both sides are certain.
std::vector<Border> frontier(const Target& target, const Domain& domain, const Case& find,
                             const std::string& key, int bits = 8);

}  // namespace escapement::hunt

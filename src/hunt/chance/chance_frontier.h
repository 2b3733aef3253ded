// The border along one parameter of a find about runs, everything else as it is, as far as tests tell.
#pragma once

#include "escapement/hunt/chance/chance_search.h"
#include "escapement/hunt/frontier.h"

namespace escapement::hunt {

// Keys: constant, and those of eta, sigma, rho, theta_norm that the claim has. Throws config::InputError for another one.
void check_frontier_key(const ChanceTarget& target, const std::string& key);

// Walks up, then down, by factors of two until a test on search streams says `holds`, then bisects until one does not decide
// or `bits` are known. Where the claim says nothing any more there is no border.
std::vector<Border> frontier(const ChanceTarget& target, const Domain& domain, const ChanceCase& find,
                             const std::string& key, std::uint64_t seed, const Laboratories& laboratories,
                             int bits = 5);

}  // namespace escapement::hunt

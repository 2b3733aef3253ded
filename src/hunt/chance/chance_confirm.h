// The test that makes a find: on streams that nothing has looked at, with its part of the hunt's alpha.
#pragma once

#include "escapement/hunt/chance/chance_file.h"
#include "escapement/hunt/chance/chance_search.h"

namespace escapement::hunt {

// The k-th confirmation of the hunt with this seed, at alpha_of(alpha, k); none where it does not say `violated`, or the case
// does not meet the domain with the data of those streams. Throws judge::Interrupted.
std::optional<StoredChance> confirm(const ChanceTarget& target, const Domain& domain, const ChanceCase& c,
                                    std::uint64_t hunt_seed, std::uint64_t k, double alpha,
                                    const Laboratories& laboratories, Lineage lineage);

}  // namespace escapement::hunt

// Networks and data that drawn entries never make: rank one, tied, ill-conditioned, dead neurons, balanced, aligned with the
// ground truth, interpolating already.
#pragma once

#include "../support/dice.h"
#include "instance_spec.h"

namespace escapement::test {

// Gives the drawn instance one such structure; sizes, rule and driving stay. Entries stay below 2^10.
void restructure(Dice& dice, InstanceSpec& spec);

// n x d inputs with entries +-1 and C = (1/n) X^T X = I exactly: d columns of Sylvester's Hadamard matrix; n a power of two,
// at least d.
std::vector<std::vector<Exact>> orthogonal_inputs(std::size_t n, std::size_t d);

}  // namespace escapement::test

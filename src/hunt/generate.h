// Cases for a search: RapidCheck generates and shrinks their structure, numbers and shapes are our own.
#pragma once

#include <rapidcheck/Gen.h>

#include "escapement/hunt/dice.h"
#include "escapement/hunt/domain.h"

namespace escapement::hunt {

// A fresh case of the target's kind, not yet admitted: sizes from 1, boundaries, rank-one, tied, aligned, orthogonal,
// tiny. Pure in the dice.
Case draw(const Target& target, const Domain& domain, Dice& dice);
// Near another one: a number changed, scaled or made equal to another, a row or an input more or less.
Case mutate(const Case& c, Dice& dice);

// The same as a RapidCheck generator, whose shrinks are those of structure: fewer neurons, dimensions, steps, samples,
// with whatever goes first leaving the rest as it is. Numbers are left to shrink.h, which has a key for them.
rc::Gen<Case> cases(const Target& target, const Domain& domain);
std::vector<Case> simpler_structures(const Case& c);

}  // namespace escapement::hunt

// The parts with which the engine runs an instance in tamed enclosures.
#pragma once

#include "escapement/certify/shadow_state.h"
#include "escapement/engine/simulation.h"

namespace escapement::certify {

// A ShadowState, and for batches and full-batch gradients a rule that knows it, for every start whose entries differ by
// at most `radius` from the instance's. Not for the driven oscillations, which are no right multiplication: nothing is
// made, and the direct state's plain balls enclose.
engine::PartsMaker<numeric::Ball> shadow_parts(const numeric::Exact& radius = 0);

// The same, where it encloses better: sam from a point is left to plain balls, which need half the bits.
engine::PartsMaker<numeric::Ball> enclosed_parts(const numeric::Exact& radius = 0);

// The grid on which an instance's inputs lie: exact where they are dyadic and no finer than 2^-most.
long input_bits_of(const model::Instance& instance, long most);

}  // namespace escapement::certify

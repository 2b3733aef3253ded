// One enclosure of the end of a run, from a point or from a box of starts, at a precision of the caller's choice.
#pragma once

#include "escapement/certify/bound.h"
#include "escapement/model/instance.h"
#include "escapement/numeric/packed.h"
#include "escapement/observe/trajectory.h"

namespace escapement::certify {

struct Enclosure {
  observe::Outcome outcome = observe::Outcome::completed;
  std::uint64_t steps = 0;                 // taken; what follows belongs to the network after them
  numeric::Vector<numeric::Ball> theta;    // W^T a [d]
  numeric::Symmetric<numeric::Ball> gram;  // Z^T Z, Z = [W | a] [(d+1) x (d+1)]
  numeric::Rows<numeric::Ball> neurons;    // (w_i, a_i) of the neurons asked for, in that order [k x (d+1)]
  Bound error;                             // |Z - a fixed matrix|_F for every start in the box
};

// Holds for every start whose entries w_ij, a_i each differ by at most `box_radius` from the instance's (given, or
// generated), after `steps` steps (at most the instance's) of its data and noise. Any rule but the driven oscillations;
// neurons are numbered from 0. `bits` of working precision: with a box, log2(1/box_radius) and a few more than the
// enclosures grow by. For claims about the steps between, give shadow_parts(box_radius) to engine::Simulation.
Enclosure enclose(const model::Instance& instance, const numeric::Exact& box_radius, std::uint64_t steps,
                  const std::vector<std::uint64_t>& neurons, long bits);

}  // namespace escapement::certify

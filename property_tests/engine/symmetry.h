// The symmetries of the model: an orthogonal matrix that mixes neurons (Z -> Q Z) leaves theta as it is; one that turns the
// input space (x -> U x, w_i -> U w_i, theta* -> U theta*) turns theta with it. Rational ones, so that they are exact.
#pragma once

#include <iosfwd>

#include "ends.h"

namespace escapement::test {

// In the plane of i and j: z_i, z_j become cos z_i + sin z_j, -sin z_i + cos z_j; reflected: with z_j negated first.
struct Turn {
  bool neurons = true;  // else coordinates of the input space
  std::size_t i = 0, j = 0;
  Exact cos = 1, sin = 0;
  bool reflected = false;
};

enum class Turns { signs_of_neurons, permutations_of_neurons, any };

// Up to four turns of the spec's neurons or coordinates.
rc::Gen<std::vector<Turn>> turns(const InstanceSpec& spec, Turns kind);
void showValue(const std::vector<Turn>& turns, std::ostream& out);

InstanceSpec turned(InstanceSpec spec, const std::vector<Turn>& turns);

// theta and Z of a run's end, [d] and [m x (d+1)], turned in enclosures at the working precision.
End turned(const engine::RunResult& end, const std::vector<Turn>& turns);

}  // namespace escapement::test

// How likely a box of NTK starts is: w_ij ~ N(0, 1/d), a_i ~ N(0, 1/m), all independent [LabelNoise2026].
#pragma once

#include "escapement/hunt/case.h"
#include "escapement/numeric/ball.h"

namespace escapement::hunt {

// P(every entry of every neuron within c.box of c.rows), copies counted; at the working precision.
numeric::Ball box_probability(const Case& c);

}  // namespace escapement::hunt

// A second opinion: the engine runs a case in enclosures, by code that shares nothing with walk.h.
#pragma once

#include <string>

#include "escapement/hunt/case.h"

namespace escapement::hunt {

// "agrees": every entry of the engine's Z(steps), enclosed, overlaps ours. Or why it was not asked: equal rows with
// copies, the oscillation, no step. Disagreement is a bug of ours and aborts.
std::string engine_opinion(const Case& c);

}  // namespace escapement::hunt

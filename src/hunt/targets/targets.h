// One function per file of this folder, and what they share.
#pragma once

#include "escapement/hunt/hypotheses.h"
#include "escapement/hunt/target.h"

namespace escapement::hunt {

std::vector<Target> identity_targets(const theory::PaperConstants& constants);
std::vector<Target> diminishing_targets(const theory::PaperConstants& constants);
std::vector<Target> oscillation_targets(const theory::PaperConstants& constants);
std::vector<Target> alignment_targets(const theory::PaperConstants& constants);
std::vector<Target> convergence_targets(const theory::PaperConstants& constants);

// Work that one evaluation may take: steps times neurons times dimension, roughly.
inline constexpr double kMostWork = 1e5;
bool affordable(const Case& c);

// Label-noise SGD on the first `steps` entries of the driving sequence, which is repeated where it is too short.
bool complete_label_noise(Case& c);
// Gradient descent on the whole sample: no noise.
void complete_descent(Case& c);
// Every (w_i, a_i) halved until |w_i|^2 <= eta and a_i^2 <= eta.
void into_phase_two(Case& c);

}  // namespace escapement::hunt

// Theorem 4.2's readings as P(fail) <= K/m over runs.
#pragma once

#include <optional>

#include "escapement/theory/inside/wide_escape.h"
#include "escapement/theory/statement.h"

namespace escapement::theory {

// A trial is a run of ceil(T1) steps; it fails where a neuron that the reading speaks of is inside. `fraction`: neuron 0
// is, since neurons are exchangeable and its probability is the expected share. None at m = 1 and sigma = 0.
std::optional<Chance> escape_chance(const Question& question, EscapeReading reading);

}  // namespace escapement::theory

// Equal neurons and inputs, which a case keeps once with a number, each as often as it is there.
#pragma once

#include <optional>
#include <string>

#include "escapement/hunt/case.h"

namespace escapement::hunt {

inline constexpr std::uint64_t kMostWrittenOut = 1000;  // neurons, and inputs

// The same case without copies; nothing where there would be more than kMostWrittenOut, or where inputs that are there more
// than once are drawn one by one. Gradient descent sees inputs in proportion alone: their numbers are divided by what they have
// in common.
std::optional<Case> written_out(Case c);

// The same for an instance of its own. Throws config::InputError, naming `path`, where the case has none: the oscillation's
// start is a law, or there are too many copies.
Case one_by_one(const Case& c, const std::string& path);

}  // namespace escapement::hunt

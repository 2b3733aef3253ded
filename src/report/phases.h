// The two phases as events that can be read off a finished run, for the marks in its figures.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "escapement/report/figures.h"

namespace escapement::report {

// First recorded steps, in order of time, at which
//   every neuron is outside the lazy ball of Definition 4.1 (escaped_share = 1),
//   the mean norm is at most half of what it was at the first record,
//   the mean |cosine| with theta* is at least 1/2 (and was below at the first record).
// Of an ensemble (`bands`), the medians over replicas. What never happens, or has no column, is left out.
std::vector<Event> phase_events(const std::filesystem::path& directory, bool bands = false);

// The intervals with the noise on within [0, steps), for a schedule of `on` steps with and `off` steps without it.
std::vector<NoiseBand> periodic_noise(std::uint64_t on, std::uint64_t off, std::uint64_t steps);

}  // namespace escapement::report

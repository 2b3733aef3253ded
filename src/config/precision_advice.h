// How many bits a run needs so that what the paper is about, the change of |w_i|^2 - a_i^2 in one step (of the order
// eta^2), is not lost in rounding. Integers and exact ratios only; derivation in docs/derivations/precision.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "escapement/config/config.h"

namespace escapement::config {

// The sum of all rounding over the horizon stays below 2^-kGuardBits of one step's change.
inline constexpr long kGuardBits = 3;

// The rounding-error bound: with p bits, T steps, rows z_i = (w_i, a_i) with |z_i|^2 <= N throughout and |c q| <= h in
// every step (the step size times the length of the residual-weighted input), the two sides of the norm identity, as
// computed, differ by at most 2^-p N rounding_factor(d, T, h), for each neuron.
Exact rounding_factor(std::size_t d, std::uint64_t steps, const Exact& h);

struct PrecisionAdvice {
  std::uint64_t steps = 0;  // the horizon
  BigInt bits;              // about 2 log2(1/eta) + log2(steps) + a few; at least 53
};
// For the configuration's own start, data and noise, `steps` steps long. The driven oscillations and sam move the
// balance at first order: for them it is more than enough.
PrecisionAdvice advise_precision(const Config& config, std::uint64_t steps);

// One line, where the configured precision has fewer bits than that; else nothing.
std::optional<std::string> precision_warning(const Config& config);

// Turns `precision = auto` into what is advised for the configured steps: double where that is enough, else so many
// bits. Throws InputError beyond the most that a run can have.
void choose_precision(Config& config);

}  // namespace escapement::config

// Deciding identities between polynomials: one of degree at most k in each variable is zero everywhere where it is zero
// on a grid of k + 1 values in each.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "escapement/numeric/exact.h"

namespace escapement::theory {

using numeric::Exact;

struct GridResult {
  bool vanishes = true;
  std::uint64_t points = 0;  // looked at
  std::string at;            // the first point where it does not vanish: its coordinates
  Exact value = 0;           // there
};

// `polynomial` of `variables` variables, of degree at most `degree` in each, on {0, ..., degree}^variables.
GridResult vanishes_on_grid(std::size_t variables, unsigned degree,
                            const std::function<Exact(std::span<const Exact>)>& polynomial);

}  // namespace escapement::theory

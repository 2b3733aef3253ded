// Small cases that several tests use.
#pragma once

#include <catch2/catch.hpp>

#include "escapement/hunt/domain.h"

namespace escapement::hunt {

inline const Target& find_target(const std::string& id, const std::string& clause,
                                 const std::string& reading) {
  static const std::vector<Target> all = paper_targets();
  const auto found = select(all, id, clause, reading);
  REQUIRE(found.size() == 1);
  return *found[0];
}

// Two neurons, two inputs, one step of label noise; no number special.
inline Case small_case() {
  Case c;
  c.eta = Exact(1, 2);
  c.sigma = 2;
  c.steps = 1;
  c.theta_star = {1, Exact(1, 3)};
  c.inputs = {{1, 2}, {Exact(-3, 4), 1}};
  c.rows = {{1, Exact(1, 2), Exact(1, 4)}, {-1, 2, Exact(3, 4)}};
  c.samples = {0};
  c.noise = {1};
  return c;
}

}  // namespace escapement::hunt

// Instances of these tests.
#pragma once

#include <string>
#include <vector>

#include "escapement/certify/enclosed_parts.h"
#include "escapement/config/load.h"
#include "escapement/engine/simulation.h"
#include "escapement/numeric/precision.h"

namespace escapement::test {

inline model::Instance small_instance(std::vector<std::string> sets) {
  config::Request request;
  request.sets = {"d=3", "m=7", "n=6", "eta=1/64", "sigma=1", "steps=200", "record=none"};
  for (std::string& set : sets) {
    const std::string key = set.substr(0, set.find('=') + 1);
    std::erase_if(request.sets, [&](const std::string& s) { return s.rfind(key, 0) == 0; });
    request.sets.push_back(std::move(set));
  }
  return model::make_instance(config::load(request), 0);
}

// The end of a run in the engine's own arithmetic, every number as a ball.
template <class T>
engine::FinalState plain_end(const model::Instance& instance, long bits) {
  const numeric::WorkingPrecision precision(bits);
  engine::Simulation<T> simulation(instance, {.neurons_at_end = true});
  observe::Trajectory trajectory;
  simulation.run(trajectory, {});
  return simulation.final_state();
}

}  // namespace escapement::test

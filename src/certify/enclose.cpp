#include "escapement/certify/enclose.h"

#include "escapement/certify/enclosed_parts.h"
#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"

namespace escapement::certify {

using numeric::Ball;
using numeric::Rows;

Enclosure enclose(const model::Instance& instance, const numeric::Exact& box_radius, std::uint64_t steps,
                  const std::vector<std::uint64_t>& neurons, long bits) {
  ESCAPEMENT_CHECK(steps <= instance.config.steps && !config::is_oscillation(instance.config.algorithm));
  const numeric::WorkingPrecision precision(bits);
  engine::Simulation<Ball> simulation(instance, {.neurons_at_end = !neurons.empty()},
                                      shadow_parts(box_radius));
  observe::Trajectory trajectory;
  simulation.advance(steps, trajectory, {});
  const auto& state = dynamic_cast<const ShadowState&>(simulation.state());
  Enclosure result;
  result.outcome = trajectory.outcome;
  result.steps = simulation.step();
  result.theta = state.theta();
  result.gram = state.gram();
  result.error = state.error();
  result.neurons = Rows<Ball>(neurons.size(), state.d());
  Rows<Ball> one(1, state.d());
  for (std::size_t k = 0; k < neurons.size(); ++k) {
    ESCAPEMENT_CHECK(neurons[k] < instance.m);
    state.neurons(neurons[k], one);
    for (std::size_t j = 0; j <= state.d(); ++j) result.neurons.set(k, j, one.get(0, j));
  }
  return result;
}

}  // namespace escapement::certify

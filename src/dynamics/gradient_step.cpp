#include "escapement/dynamics/gradient_step.h"

#include "escapement/numeric/mutant.h"

namespace escapement::dynamics {

using model::Magnitude;
using model::State;
using numeric::Mutant;
using numeric::mutated;

namespace {
constexpr std::uint64_t kBlock = 256;  // steps whose draws are made together
}

template <class T>
GradientStep<T>::GradientStep(const model::Instance& instance, const model::Problem<T>& problem)
    : problem_(problem), oracle_(instance, problem), q_(problem.d) {}

template <class T>
Progress<T> GradientStep<T>::advance_samples(State<T>& state, std::uint64_t first, std::uint64_t count) {
  Progress<T> progress;
  while (progress.taken < count) {
    const std::uint64_t size = std::min(kBlock, count - progress.taken);
    oracle_.driving().fill_steps(first + progress.taken, static_cast<std::size_t>(size), block_);
    const std::size_t taken = state.apply_samples(block_, problem_.step_size);
    progress.taken += taken;
    if (taken == size) continue;
    progress.value = dot(state.theta(), *block_.x[taken]) - block_.y[taken] - block_.noise[taken];
    progress.magnitude = model::magnitude(progress.value);
    // The state judged its own sum of the same residual; where the two round to different sides of the bound, its word holds.
    if (progress.magnitude == Magnitude::ordinary)
      progress.magnitude = std::is_same_v<T, numeric::Ball> ? Magnitude::too_wide : Magnitude::too_large;
    break;
  }
  return progress;
}

template <class T>
Progress<T> GradientStep<T>::advance(State<T>& state, std::uint64_t first, std::uint64_t count) {
  if (oracle_.single_sample()) return advance_samples(state, first, count);
  Progress<T> progress;
  for (; progress.taken < count; ++progress.taken) {
    oracle_.prepare(first + progress.taken);
    oracle_.evaluate(state.theta(), q_);
    progress.value = dot(q_, q_);
    progress.magnitude = model::magnitude(progress.value);
    if (progress.magnitude != Magnitude::ordinary) break;
    model::RightStep<T> step;
    step.q = &q_;
    step.c = problem_.step_size;
    state.apply(step);
  }
  return progress;
}

template <class T>
void GradientStep<T>::preview(const State<T>& state, std::uint64_t step, observe::Preview<T>& out) const {
  GradientOracle<T> oracle = oracle_;  // a copy: looking ahead changes nothing
  oracle.prepare(mutated(Mutant::preview_of_last) && step > 0 ? step - 1 : step);
  model::RightStep<T> next;
  if (oracle.single_sample()) {
    out.q = oracle.input();
    next.c = problem_.step_size * oracle.residual(state.theta());
  } else {
    out.q = numeric::Vector<T>(problem_.d);
    oracle.evaluate(state.theta(), out.q);
    next.c = problem_.step_size;
  }
  next.q = &out.q;
  out.step = next;
}

#define ESCAPEMENT_INSTANTIATE(T) template class GradientStep<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::dynamics

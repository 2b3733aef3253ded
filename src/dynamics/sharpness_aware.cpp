#include "escapement/dynamics/sharpness_aware.h"

#include "escapement/numeric/mutant.h"

namespace escapement::dynamics {

using model::Magnitude;
using model::RightStep;
using model::State;
using numeric::Mutant;
using numeric::mutated;
using numeric::Vector;

namespace {
constexpr long kLeastExponent = -900;  // of v
}

template <class T>
SharpnessAware<T>::SharpnessAware(const model::Instance& instance, const model::Problem<T>& problem)
    : problem_(problem), oracle_(instance, problem), v_(problem.d), q_(problem.d) {}

template <class T>
std::optional<RightStep<T>> SharpnessAware<T>::next(const State<T>& state, GradientOracle<T>& oracle,
                                                    std::uint64_t step, Vector<T>& v, Vector<T>& q) const {
  oracle.prepare(step);
  oracle.evaluate(state.theta(), v);
  RightStep<T> result;
  result.q = &q;
  result.c = problem_.step_size;
  // kappa B(v) has no size of v: one near 1 is taken where squares of the other leave the range of doubles.
  const long k = numeric::excess(v);
  v = numeric::shifted(v, -k);
  const T length = state.gradient_norm(v), zero = numeric::from_int<T>(0);
  const bool vanishes = k < kLeastExponent || numeric::is_less(zero, length) == numeric::Truth::no;
  if (vanishes && !theta_has_digits(state)) return std::nullopt;
  // An undecided sign (an enclosure around zero) goes the perturbed way and makes the enclosure unbounded: honest.
  if (numeric::is_less(zero, length) == numeric::Truth::no) {
    v = numeric::shifted(v, k);
    q = v;
    return result;
  }
  result.v = &v;
  result.kappa = problem_.rho / (mutated(Mutant::radius_not_scaled) ? T(length * length) : length);
  if (mutated(Mutant::radius_not_zero)) result.kappa += problem_.eta / length;
  Vector<T> perturbed(problem_.d);
  state.perturbed_theta(v, result.kappa, perturbed);
  oracle.evaluate(mutated(Mutant::perturbation_forgotten) ? state.theta() : perturbed, q);
  return result;
}

template <class T>
Progress<T> SharpnessAware<T>::advance(State<T>& state, std::uint64_t first, std::uint64_t count) {
  Progress<T> progress;
  for (; progress.taken < count; ++progress.taken) {
    const std::optional<RightStep<T>> step = next(state, oracle_, first + progress.taken, v_, q_);
    if (!step) {
      progress.magnitude = Magnitude::lost;
      break;
    }
    progress.value = dot(q_, q_);
    progress.magnitude = model::magnitude(progress.value);
    if (progress.magnitude != Magnitude::ordinary) break;
    state.apply(*step);
  }
  return progress;
}

template <class T>
void SharpnessAware<T>::preview(const State<T>& state, std::uint64_t step, observe::Preview<T>& out) const {
  GradientOracle<T> oracle = oracle_;
  out.v = Vector<T>(problem_.d);
  out.q = Vector<T>(problem_.d);
  out.step = next(state, oracle, step, out.v, out.q);
}

#define ESCAPEMENT_INSTANTIATE(T) template class SharpnessAware<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::dynamics

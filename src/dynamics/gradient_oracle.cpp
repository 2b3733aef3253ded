#include "escapement/dynamics/gradient_oracle.h"

#include "escapement/numeric/mutant.h"

namespace escapement::dynamics {

using config::Algorithm;
using numeric::from_int;
using numeric::Mutant;
using numeric::mutated;
using numeric::Vector;

template <class T>
GradientOracle<T>::GradientOracle(const model::Instance& instance, const model::Problem<T>& problem)
    : problem_(problem),
      driving_(instance, problem),
      full_(instance.config.batch.full),
      mean_noise_(problem.d) {}

template <class T>
void GradientOracle<T>::prepare(std::uint64_t step) {
  if (!full_) {
    driving_.fill_batch(step, block_);
    return;
  }
  mean_noise_ = Vector<T>(problem_.d);
  if (!driving_.noisy(step)) return;
  std::vector<T> noise;
  driving_.full_noise(step, noise);
  for (std::size_t k = 0; k < noise.size(); ++k) add_scaled(mean_noise_, noise[k], problem_.x[k]);
  scale(mean_noise_, T(from_int<T>(1) / from_int<T>(static_cast<long>(problem_.n))));
}

template <class T>
T GradientOracle<T>::residual(const Vector<T>& theta) const {
  return dot(theta, *block_.x[0]) - block_.y[0] - block_.noise[0];
}

template <class T>
void GradientOracle<T>::evaluate(const Vector<T>& theta, Vector<T>& out) const {
  if (full_) {
    problem_.mean_gradient(theta, out);
    add_scaled(out, from_int<T>(-1), mean_noise_);
    return;
  }
  out = Vector<T>(problem_.d);
  for (std::size_t b = 0; b < block_.steps; ++b) {
    const T residual = dot(theta, *block_.x[b]) - block_.y[b] - block_.noise[b];
    add_scaled(out, residual, *block_.x[b]);
  }
  if (block_.steps > 1 && !mutated(Mutant::batch_not_averaged))
    scale(out, T(from_int<T>(1) / from_int<T>(static_cast<long>(block_.steps))));
}

#define ESCAPEMENT_INSTANTIATE(T) template class GradientOracle<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::dynamics

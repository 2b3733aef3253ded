// Residual-weighted inputs: the gradient of a step's loss with respect to theta, up to the loss' factor.
#pragma once

#include "escapement/model/driving.h"

namespace escapement::dynamics {

// q = (1/B) sum_b (<theta, x_b> - y_b - eps_b) x_b over the step's batch, or over the full sample, or C (theta - theta*)
// of the population. The same step gives the same batch and noise at every theta.
template <class T>
class GradientOracle {
 public:
  GradientOracle(const model::Instance& instance, const model::Problem<T>& problem);

  const model::Driving<T>& driving() const { return driving_; }
  bool single_sample() const { return !full_ && driving_.batch() == 1; }
  // Draws the step's batch (and its label noise).
  void prepare(std::uint64_t step);
  // q at theta, for the step last prepared; out [d].
  void evaluate(const numeric::Vector<T>& theta, numeric::Vector<T>& out) const;
  // The one sample of the step last prepared, and its residual at theta; only where single_sample().
  const numeric::Vector<T>& input() const { return *block_.x[0]; }
  T residual(const numeric::Vector<T>& theta) const;
  // What evaluate() makes q of, for whoever evaluates in lanes: the batch, or where full() the mean of noise times input.
  bool full() const { return full_; }
  const model::SampleBlock<T>& samples() const { return block_; }
  const numeric::Vector<T>& mean_noise() const { return mean_noise_; }

 private:
  const model::Problem<T>& problem_;
  model::Driving<T> driving_;
  bool full_;
  model::SampleBlock<T> block_;
  numeric::Vector<T> mean_noise_;  // (1/n) sum_k eps_k x_k
};

}  // namespace escapement::dynamics

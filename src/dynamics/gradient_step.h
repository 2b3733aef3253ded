// Stochastic gradient descent and gradient descent, with or without label noise: Z <- Z (I - eta B(q)).
#pragma once

#include "escapement/dynamics/gradient_oracle.h"
#include "escapement/dynamics/update_rule.h"

namespace escapement::dynamics {

// Single samples go to the state in blocks (the width-free state fuses them in double); batches step by step.
template <class T>
class GradientStep final : public UpdateRule<T> {
 public:
  GradientStep(const model::Instance& instance, const model::Problem<T>& problem);
  Progress<T> advance(model::State<T>& state, std::uint64_t first, std::uint64_t count) override;
  void preview(const model::State<T>& state, std::uint64_t step, observe::Preview<T>& out) const override;

  const model::Driving<T>* single_samples() const override {
    return oracle_.single_sample() ? &oracle_.driving() : nullptr;
  }
  GradientOracle<T>* gradients() override { return oracle_.single_sample() ? nullptr : &oracle_; }

 private:
  Progress<T> advance_samples(model::State<T>& state, std::uint64_t first, std::uint64_t count);

  const model::Problem<T>& problem_;
  GradientOracle<T> oracle_;
  model::SampleBlock<T> block_;
  numeric::Vector<T> q_;
};

}  // namespace escapement::dynamics

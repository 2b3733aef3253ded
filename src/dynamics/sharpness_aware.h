// SAM [Foret2021] on the parameters (W, a): the gradient is taken at the point a distance rho up the gradient,
//   Z~ = Z (I + kappa B(v)), kappa = rho / |gradient|, v the residual-weighted input at theta,
//   Z <- Z - eta Z~ B(q),    q the residual-weighted input at theta~ = W~^T a~, of the same batch and label noise.
// Where the gradient is zero there is no direction to perturb in, and the step is a plain (zero) gradient step.
#pragma once

#include "escapement/dynamics/gradient_oracle.h"
#include "escapement/dynamics/update_rule.h"

namespace escapement::dynamics {

template <class T>
class SharpnessAware final : public UpdateRule<T> {
 public:
  SharpnessAware(const model::Instance& instance, const model::Problem<T>& problem);
  Progress<T> advance(model::State<T>& state, std::uint64_t first, std::uint64_t count) override;
  void preview(const model::State<T>& state, std::uint64_t step, observe::Preview<T>& out) const override;
  GradientOracle<T>* gradients() override { return &oracle_; }

 private:
  // Empty where v has vanished below the range of doubles, and the direction with it.
  std::optional<model::RightStep<T>> next(const model::State<T>& state, GradientOracle<T>& oracle,
                                          std::uint64_t step, numeric::Vector<T>& v,
                                          numeric::Vector<T>& q) const;

  const model::Problem<T>& problem_;
  GradientOracle<T> oracle_;
  numeric::Vector<T> v_, q_;
};

}  // namespace escapement::dynamics

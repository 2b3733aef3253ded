// Gradient steps over several samples (a batch, or all) for a ShadowState: the residual-weighted input is q = A theta - b
// with A = (1/|batch|) sum x x^T, and its value is taken at the shadow, so that the state knows how the step feeds back.
#pragma once

#include "escapement/certify/shadow_state.h"
#include "escapement/dynamics/gradient_oracle.h"
#include "escapement/dynamics/update_rule.h"

namespace escapement::certify {

class GradientRule final : public dynamics::UpdateRule<numeric::Ball> {
 public:
  using Ball = numeric::Ball;

  // `state` is the one that advance() is given; references must outlive the rule.
  GradientRule(const model::Instance& instance, const model::Problem<Ball>& problem,
               const model::Start<Ball>& start, ShadowState& state);
  dynamics::Progress<Ball> advance(model::State<Ball>& state, std::uint64_t first,
                                   std::uint64_t count) override;
  void preview(const model::State<Ball>& state, std::uint64_t step,
               observe::Preview<Ball>& out) const override;

 private:
  numeric::Symmetric<Ball> batch_covariance(std::uint64_t step);

  const model::Problem<Ball>& problem_;
  ShadowState& shadow_;
  std::unique_ptr<dynamics::UpdateRule<Ball>> plain_;  // looks ahead
  dynamics::GradientOracle<Ball> oracle_;
  bool full_;
  model::SampleBlock<Ball> block_;
  numeric::Vector<Ball> theta_, q_;
};

}  // namespace escapement::certify

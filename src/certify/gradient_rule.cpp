#include "escapement/certify/gradient_rule.h"

#include "escapement/numeric/check.h"

namespace escapement::certify {

using model::Magnitude;
using numeric::Ball;
using numeric::Symmetric;
using numeric::Vector;

GradientRule::GradientRule(const model::Instance& instance, const model::Problem<Ball>& problem,
                           const model::Start<Ball>& start, ShadowState& state)
    : problem_(problem),
      shadow_(state),
      plain_(dynamics::make_rule<Ball>(instance, problem, start)),
      oracle_(instance, problem),
      full_(instance.config.batch.full),
      theta_(problem.d),
      q_(problem.d) {}

Symmetric<Ball> GradientRule::batch_covariance(std::uint64_t step) {
  oracle_.driving().fill_batch(step, block_);
  Symmetric<Ball> a(problem_.d);
  const Ball share = Ball(1) / numeric::from_int<Ball>(static_cast<long>(2 * block_.steps));
  for (std::size_t k = 0; k < block_.steps; ++k) {
    Vector<Ball> half = *block_.x[k];
    scale(half, share);
    add_rank_two(a, *block_.x[k], half);
  }
  return a;
}

dynamics::Progress<Ball> GradientRule::advance(model::State<Ball>& state, std::uint64_t first,
                                               std::uint64_t count) {
  ESCAPEMENT_CHECK(&state == &shadow_);
  dynamics::Progress<Ball> progress;
  for (; progress.taken < count; ++progress.taken) {
    const std::uint64_t step = first + progress.taken;
    oracle_.prepare(step);
    oracle_.evaluate(state.theta(), q_);
    progress.value = dot(q_, q_);
    progress.magnitude = model::magnitude(progress.value);
    if (progress.magnitude != Magnitude::ordinary) break;
    shadow_.shadow_theta(theta_);
    oracle_.evaluate(theta_, q_);
    if (full_)
      shadow_.apply_gradient(problem_.covariance, q_, problem_.step_size);
    else
      shadow_.apply_gradient(batch_covariance(step), q_, problem_.step_size);
  }
  return progress;
}

void GradientRule::preview(const model::State<Ball>& state, std::uint64_t step,
                           observe::Preview<Ball>& out) const {
  plain_->preview(state, step, out);
}

}  // namespace escapement::certify

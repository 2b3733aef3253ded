#include "escapement/reduction/lane_gradients.h"

#include "escapement/numeric/check.h"

namespace escapement::reduction {

using numeric::Rows;
using numeric::Vector;

void LaneGradients::Matrix::resize(std::size_t row_count, std::size_t d) {
  const std::size_t width = LaneStates::width(), size = row_count * (d + 1) * width;
  if (rows == row_count && z.size() == size) return;
  rows = row_count;
  z = Vector<double>(size);
  scratch = Vector<double>(kGradientColumns * rows * width);
}

void LaneGradients::Matrix::take(const Rows<double>& from, std::size_t lane) {
  for (std::size_t j = 0; j <= from.d(); ++j)
    for (std::size_t i = 0; i < rows; ++i) z.set((j * rows + i) * LaneStates::width() + lane, from.get(i, j));
}

void LaneGradients::Matrix::give(Rows<double>& to, std::size_t lane) const {
  for (std::size_t j = 0; j <= to.d(); ++j)
    for (std::size_t i = 0; i < rows; ++i) to.set(i, j, z.get((j * rows + i) * LaneStates::width() + lane));
}

void LaneGradients::begin(std::vector<Member> members, std::size_t batch, bool sharp) {
  const std::size_t width = LaneStates::width();
  ESCAPEMENT_CHECK(!members.empty() && members.size() <= width);
  for (const Member& m : members) ESCAPEMENT_CHECK(LaneStates::fit(*members.front().state, *m.state));
  members_ = std::move(members);
  batch_ = batch;
  sharp_ = sharp;
  const WidthFreeState<double>& first = *members_.front().state;
  const std::size_t d = first.d();
  factor_.resize(first.factor_.rows(), d);
  product_.resize(first.product_ ? d + 1 : 0, d);
  theta_ = Vector<double>(d * width);
  // Full batches keep theta - theta* where a batch has its first input.
  scratch_ =
      Vector<double>(lane_gradient_scratch(numeric::padded(d), std::max<std::size_t>(batch, 1), width));
  const bool full = batch == kFullBatch;
  covariance_ = Vector<double>(full ? d * d * width : 0);
  theta_star_ = Vector<double>(full ? d * width : 0);
  for (std::size_t lane = 0; lane < width; ++lane) {  // a lane too many does the first one's work
    const auto& [state, problem] = member(lane);
    factor_.take(state->factor_, lane);
    if (state->product_) product_.take(*state->product_, lane);
    for (std::size_t j = 0; j < d; ++j) {
      theta_.set(j * width + lane, state->theta_.get(j));
      if (!full) continue;
      theta_star_.set(j * width + lane, problem->theta_star.get(j));
      for (std::size_t i = 0; i < d; ++i)
        covariance_.set((j * d + i) * width + lane, problem->covariance.get(i, j));
    }
  }
}

std::size_t LaneGradients::advance(const std::vector<Source>& sources, std::size_t steps) {
  ESCAPEMENT_CHECK(sources.size() >= members_.size());
  LaneGradientSteps k{};
  k.factor = factor_.view();
  k.passenger = product_.view();
  k.theta = theta_.data();
  k.steps = steps;
  k.d = members_.front().state->d();
  k.batch = batch_;
  x_.resize(LaneStates::width());
  for (std::size_t lane = 0; lane < x_.size(); ++lane) {
    const Source& source = sources[lane < members_.size() ? lane : 0];
    if (batch_ == kFullBatch) {
      k.mean_noise[lane] = source.mean_noise->data();
      continue;
    }
    ESCAPEMENT_CHECK(source.samples->x.size() >= steps * batch_);
    x_[lane].clear();
    for (const Vector<double>* x : source.samples->x) x_[lane].push_back(x->data());
    k.x[lane] = x_[lane].data();
    k.y[lane] = source.samples->y.data();
    k.noise[lane] = source.samples->noise.data();
  }
  if (batch_ == kFullBatch) {
    k.covariance = covariance_.data();
    k.theta_star = theta_star_.data();
  }
  k.scratch = scratch_.data();
  k.step_size = members_.front().problem->step_size;
  k.rho = members_.front().problem->rho;
  k.limit = kResidualLimit;
  k.sharp = sharp_;
  return lane_gradient_kernel()(k);
}

void LaneGradients::end() {
  for (std::size_t lane = 0; lane < members_.size(); ++lane) {
    WidthFreeState<double>& state = *members_[lane].state;
    factor_.give(state.factor_, lane);
    if (state.product_) product_.give(*state.product_, lane);
    for (std::size_t j = 0; j < state.d(); ++j)
      state.theta_.set(j, theta_.get(j * LaneStates::width() + lane));
    state.ahead_.count = 0;
  }
}

}  // namespace escapement::reduction

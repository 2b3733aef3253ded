#include "escapement/reduction/lane_states.h"

#include <algorithm>

#include "escapement/numeric/check.h"
#include "escapement/reduction/factor_kernels.h"

namespace escapement::reduction {

using model::SampleBlock;
using numeric::Rows;
using numeric::Vector;

namespace {

// Columns of `rows` numbers, `stride` apart, into or out of one lane.
template <class Copy>
void each_entry(std::size_t rows, std::size_t columns, std::size_t stride, std::size_t lane,
                std::size_t lanes, Copy&& copy) {
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t i = 0; i < rows; ++i) copy(j * stride + i, (j * rows + i) * lanes + lane);
}

}  // namespace

bool LaneStates::fit(const State& a, const State& b) {
  return a.factor_.d() == b.factor_.d() && a.factor_.rows() == b.factor_.rows() &&
         a.product_.has_value() == b.product_.has_value();
}

void LaneStates::Matrix::resize(std::size_t row_count, std::size_t d, std::size_t lanes) {
  if (rows == row_count && z.size() == rows * (d + 1) * lanes) return;
  rows = row_count;
  z = Vector<double>(rows * (d + 1) * lanes);
  products = Vector<double>(kMaxProducts * rows * lanes);
  scratch = Vector<double>(kLaneColumns * rows * lanes);
}

void LaneStates::begin(std::vector<State*> states) {
  ESCAPEMENT_CHECK(!states.empty() && states.size() <= width());
  for (const State* s : states) ESCAPEMENT_CHECK(fit(*states.front(), *s));
  states_ = std::move(states);
  loaded_ = false;
}

void LaneStates::load(const std::vector<SampleBlock<double>>& blocks) {
  const std::size_t lanes = width(), d = states_.front()->d();
  factor_.resize(states_.front()->factor_.rows(), d, lanes);
  product_.resize(states_.front()->product_ ? d + 1 : 0, d, lanes);
  inputs_ = Vector<double>(kLaneInputs * numeric::padded(d) * lanes);
  for (std::size_t i = 0; i < states_.size(); ++i) states_[i]->prepare(blocks[i]);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    State& state = *states_[lane < states_.size() ? lane : 0];  // a lane too many does the first one's work
    const auto into = [&](Matrix& matrix, const Rows<double>& z, const Vector<double>& products) {
      const auto copy = [&](const double* from, double* to, std::size_t columns) {
        each_entry(matrix.rows, columns, z.stride(), lane, lanes,
                   [&](std::size_t alone, std::size_t bundled) { to[bundled] = from[alone]; });
      };
      copy(z.data(), matrix.z.data(), d + 1);
      copy(products.data(), matrix.products.data(), kMaxProducts);
    };
    into(factor_, state.factor_, state.ahead_.factor);
    if (state.product_) into(product_, *state.product_, state.ahead_.product);
  }
  loaded_ = true;
}

std::size_t LaneStates::apply_samples(const std::vector<SampleBlock<double>>& blocks, double step_size) {
  ESCAPEMENT_CHECK(blocks.size() >= states_.size());
  const SampleBlock<double>& first = blocks.front();
  if (first.steps == 0) return 0;
  if (!loaded_) load(blocks);
  LaneSteps steps{};
  steps.factor = factor_.view();
  steps.passenger = product_.view();
  steps.first = first.first;
  steps.steps = first.steps;
  x_.resize(width());
  for (std::size_t lane = 0; lane < width(); ++lane) {
    const SampleBlock<double>& block = blocks[lane < states_.size() ? lane : 0];
    ESCAPEMENT_CHECK(block.first == first.first && block.steps == first.steps);
    std::vector<const double*>& x = x_[lane];
    x.resize(block.steps + kMaxProducts);
    const std::size_t known = std::min(block.x.size(), x.size());
    for (std::size_t k = 0; k < known; ++k) x[k] = block.x[k]->data();
    std::fill(x.begin() + static_cast<std::ptrdiff_t>(known), x.end(), x[known - 1]);
    steps.x[lane] = x.data();
    steps.y[lane] = block.y.data();
    steps.noise[lane] = block.noise.data();
  }
  steps.inputs = inputs_.data();
  steps.d = states_.front()->d();
  steps.step_size = step_size;
  steps.limit = kResidualLimit;
  return lane_method().kernel(steps);
}

void LaneStates::end(const std::vector<SampleBlock<double>>& blocks, std::size_t taken) {
  if (!loaded_) return;
  const std::size_t lanes = width(), d = states_.front()->d();
  for (std::size_t lane = 0; lane < states_.size(); ++lane) {
    State& state = *states_[lane];
    const auto out_of = [&](const Matrix& matrix, Rows<double>& z, Vector<double>& products) {
      const auto copy = [&](const double* from, double* to, std::size_t columns) {
        each_entry(matrix.rows, columns, z.stride(), lane, lanes,
                   [&](std::size_t alone, std::size_t bundled) { to[alone] = from[bundled]; });
      };
      copy(matrix.z.data(), z.data(), d + 1);
      copy(matrix.products.data(), products.data(), kMaxProducts);
    };
    out_of(factor_, state.factor_, state.ahead_.factor);
    if (state.product_) out_of(product_, *state.product_, state.ahead_.product);
    state.keep_ahead(blocks[lane], taken);
    transposed_times_second(state.factor_, state.theta_);
  }
  loaded_ = false;
}

}  // namespace escapement::reduction

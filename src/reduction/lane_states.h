// Width-free states in doubles that take single-sample steps side by side, each with the bits that it has alone
// (lane_kernels.h): a bundle of replicas goes faster than one after the other, and nothing else changes.
#pragma once

#include <vector>

#include "escapement/reduction/lane_kernels.h"
#include "escapement/reduction/width_free_state.h"

namespace escapement::reduction {

class LaneStates {
 public:
  // How many states go side by side on this processor.
  static std::size_t width() { return lane_method().width; }
  // Whether the two may share a bundle: the same d, as many rows, and P in both or in neither.
  static bool fit(const WidthFreeState<double>& a, const WidthFreeState<double>& b);

  // Takes the states into the lanes: 1 .. width() of them, which fit. They stay behind until end().
  void begin(std::vector<WidthFreeState<double>*> states);
  // As State::apply_samples for blocks[i] of states[i], all of the same steps; stops before a step at which any residual
  // is out of bounds. The coefficients c are not filled in.
  std::size_t apply_samples(const std::vector<model::SampleBlock<double>>& blocks, double step_size);
  // Back into the states, with the products before their next step: those who were not to blame for a stop go on as if
  // there had been none. `blocks` and `taken` are those of the last apply_samples.
  void end(const std::vector<model::SampleBlock<double>>& blocks, std::size_t taken);

 private:
  using State = WidthFreeState<double>;
  struct Matrix {
    numeric::Vector<double> z{0}, products{0}, scratch{0};
    std::size_t rows = 0;
    void resize(std::size_t row_count, std::size_t d, std::size_t lanes);
    LaneView view() { return {z.data(), products.data(), scratch.data(), rows}; }
  };
  void load(const std::vector<model::SampleBlock<double>>& blocks);

  std::vector<State*> states_;
  bool loaded_ = false;
  Matrix factor_, product_;
  numeric::Vector<double> inputs_{0};
  std::vector<std::vector<const double*>> x_;  // by lane
};

}  // namespace escapement::reduction

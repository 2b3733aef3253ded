// Width-free states in doubles that step along gradients side by side, each with the bits that it has alone
// (lane_gradient_kernels.h): batches, full batches and SAM, as lane_states.h for single samples.
#pragma once

#include <vector>

#include "escapement/model/problem.h"
#include "escapement/reduction/lane_gradient_kernels.h"
#include "escapement/reduction/lane_states.h"

namespace escapement::reduction {

class LaneGradients {
 public:
  struct Member {
    WidthFreeState<double>* state;
    const model::Problem<double>* problem;
  };
  // Of what a member's directions are made: [steps x batch] samples; or, of full batches, the noise [d].
  struct Source {
    const model::SampleBlock<double>* samples;
    const numeric::Vector<double>* mean_noise;
  };
  static constexpr std::size_t kFullBatch = 0;

  // Takes the states into the lanes: 1 .. LaneStates::width() of them, which LaneStates::fit and whose problems share step
  // size and rho. They stay behind until end(). `batch`: samples a step, or kFullBatch; `sharp`: SAM.
  void begin(std::vector<Member> members, std::size_t batch, bool sharp);
  // The next steps, sources[i] for members[i], full batches with the same noise at each; stops before a step at which any
  // direction is out of bounds or SAM has no gradient to follow. Returns how many were taken.
  std::size_t advance(const std::vector<Source>& sources, std::size_t steps);
  void end();

 private:
  struct Matrix {
    numeric::Vector<double> z{0}, scratch{0};
    std::size_t rows = 0;
    void resize(std::size_t row_count, std::size_t d);
    void take(const numeric::Rows<double>& from, std::size_t lane);
    void give(numeric::Rows<double>& to, std::size_t lane) const;
    LaneRows view() { return {z.data(), scratch.data(), rows}; }
  };
  const Member& member(std::size_t lane) const { return members_[lane < members_.size() ? lane : 0]; }

  std::vector<Member> members_;
  std::size_t batch_ = 1;
  bool sharp_ = false;
  Matrix factor_, product_;
  numeric::Vector<double> theta_{0}, covariance_{0}, theta_star_{0}, scratch_{0};
  std::vector<std::vector<const double*>> x_;  // by lane
};

}  // namespace escapement::reduction

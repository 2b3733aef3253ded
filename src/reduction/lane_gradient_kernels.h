// Steps of W replicas side by side, one per SIMD lane, whose direction takes more than one product: batches, full batches
// and SAM. Lane by lane the operations are those of GradientOracle, SharpnessAware and right_multiply() in doubles, in the
// same order (packed.h), so every replica has the bits that it has alone, whatever the instruction set.
#pragma once

#include "escapement/reduction/lane_kernels.h"

namespace escapement::reduction {

inline constexpr std::size_t kGradientColumns = 3;  // scratch of LaneRows
inline constexpr std::size_t kGradientVectors =
    4;  // scratch [padded(d)] of a step, beside the batch's inputs

// A matrix of every replica, as z in LaneView.
struct LaneRows {
  double* z;
  double* scratch;   // [kGradientColumns x rows x W]
  std::size_t rows;  // 0: no such matrix
};

// Arrays are by lane where they are said to be: inputs and vectors of doubles then lie as a replica has them, zero-padded
// and aligned to 64 bytes. All else lies as W lanes: entry j of lane l at [j W + l].
struct LaneGradientSteps {
  LaneRows factor, passenger;
  double* theta;  // [d x W], before the first step on entry and after the last one taken on exit
  std::size_t steps, d;
  std::size_t batch;                  // samples a step; not used with the covariance
  const double* const* x[kMaxLanes];  // by lane [steps x batch] inputs [d]
  const double* y[kMaxLanes];         // by lane [steps x batch]
  const double* noise[kMaxLanes];     // by lane [steps x batch]
  const double*
      covariance;  // C [d x d x W], columns: the direction is C (theta - theta*) - mean noise; null: batches
  const double* theta_star;             // [d x W]
  const double* mean_noise[kMaxLanes];  // by lane [d], the same at every step
  double* scratch;                      // [lane_gradient_scratch()]
  double step_size, rho, limit;
  bool sharp;  // SAM
};

constexpr std::size_t lane_gradient_scratch(std::size_t padded_d, std::size_t batch, std::size_t width) {
  return (kGradientVectors + batch) * padded_d * width;
}

// Takes `steps` steps with every lane, or stops before one where any lane's squared direction is not within `limit` or,
// for SAM, any lane's gradient is zero or no number; returns how many were taken.
using LaneGradientKernel = std::size_t (*)(const LaneGradientSteps& steps);

LaneGradientKernel lane_gradient_kernel(numeric::Isa isa);  // over lane_method(isa).width lanes
LaneGradientKernel lane_gradient_kernel();                  // of active_isa()

}  // namespace escapement::reduction

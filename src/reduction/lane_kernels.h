// Single-sample steps of W replicas side by side, one per SIMD lane. Lane by lane the operations are those of
// factor_kernels.h in the same order, so every replica has the bits that it has alone, whatever W and the instruction set.
// There the lanes are rows of one matrix, padded to eight, with sums across lanes and a broadcast for every input; here
// nothing is padded, nothing crosses lanes, and a bundle's two residuals a sweep are awaited once for all its replicas.
#pragma once

#include <cstddef>
#include <cstdint>

#include "escapement/numeric/isa.h"

namespace escapement::reduction {

inline constexpr std::size_t kMaxLanes = 8;
inline constexpr std::size_t kLaneColumns = 4;  // scratch of LaneView, beside the products
inline constexpr std::size_t kLaneInputs = 6;   // inputs at hand during a sweep

// A matrix of every replica: entry (i, j) of lane l at z[((j rows) + i) W + l]; columns 0 .. d-1 hold W, column d holds a.
// Products and scratch are columns too.
struct LaneView {
  double* z;
  double* products;  // [kMaxProducts]
  double* scratch;   // [kLaneColumns]
  std::size_t rows;  // 0: no such matrix
};

// As FactorSteps, lane by lane; arrays of steps count from step `first` on.
struct LaneSteps {
  LaneView factor, passenger;
  std::uint64_t first;
  const double* const*
      x[kMaxLanes];                // per lane [steps + kMaxProducts] inputs, zero-padded, aligned to 64 bytes
  const double* y[kMaxLanes];      // per lane [steps]
  const double* noise[kMaxLanes];  // per lane [steps]
  double* inputs;                  // scratch [kLaneInputs x padded(d) x W]
  std::size_t steps, d;            // steps >= 1
  double step_size, limit;
};

// Takes `steps` steps with every lane, or stops before one where any lane's residual is not within [-limit, limit];
// returns how many were taken. The products before the next step are there on entry and on exit, also after a stop.
using LaneKernel = std::size_t (*)(const LaneSteps& steps);

struct LaneMethod {
  LaneKernel kernel;
  std::size_t width;  // W
};

LaneMethod lane_method(numeric::Isa isa);
LaneMethod lane_method();  // of active_isa()

}  // namespace escapement::reduction

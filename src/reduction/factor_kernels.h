// Single-sample steps of the width-free state in doubles, two per sweep over the matrix.
//
// Step t takes Z = [W | a] to W - c a x^T, a - c p with p = W x, where x = x_t and c = eta (<a, p> - y - noise). Done one
// by one, a step reads all of W for p and again, with p known, to update it; and the update waits for the residual. Here
//   * steps go in pairs (t, t + 1), t even. One sweep applies the updates of the pair before, and multiplies what it has
//     just updated, W_t, by the inputs of the pair after: W is read and written once for two steps;
//   * meanwhile the pair itself is taken from products that the sweep before made from W_{t-2}. With the moves
//     ca_r = c_r a_r,
//         p_s = W_{t-2} x_s - sum_{t-2 <= r < s} <x_r, x_s> ca_r,
//     which costs a few columns instead of a matrix, and lets the sweep run while the residuals are still being summed.
// The bits of W_t and a_t depend on the p's alone, and each p on the parity of its step alone: a product is made from the
// matrix at the beginning of the pair before its own, then corrected by one step after the other. So a run may be cut
// anywhere: at an even step the next pair's products are kept; at an odd one also those of the pair after.
#pragma once

#include <cstddef>
#include <cstdint>

#include "escapement/numeric/isa.h"

namespace escapement::reduction {

inline constexpr std::size_t kMaxProducts = 3;
// How many products W_t x_t, W_t x_{t+1}, ... are kept before step t.
constexpr std::size_t products_before(std::uint64_t step) { return step % 2 == 0 ? 2 : kMaxProducts; }

inline constexpr std::size_t kFactorScratch = 4;

// Rows acted on from the right, as columns of 8 * blocks doubles: columns 0 .. d-1 hold W, column d holds a.
struct FactorView {
  double* z;
  double* products;  // columns too [kMaxProducts]
  double* scratch;   // columns too [kFactorScratch]
  std::size_t blocks;
};

// The arrays of steps count from step `first` on. Inputs are zero-padded to 8 * x_blocks doubles, aligned to 64 bytes.
struct FactorSteps {
  FactorView factor;           // theta = W^T a over these rows: they alone decide the residual
  FactorView passenger;        // carried along (P); blocks = 0 without
  std::uint64_t first;         // number of the first step
  const double* const* x;      // [steps + kMaxProducts] inputs
  const std::uint32_t* index;  // as x: the input's place in the sample; read only where there are overlaps
  const double* overlaps;      // <x_i, x_j> over the sample [n x n]; null: inner products are computed
  std::size_t n;
  const double* y;                 // [steps] labels
  const double* noise;             // [steps] label noise
  double* c;                       // [steps] out: step size times residual
  std::size_t steps, d, x_blocks;  // steps >= 1
  double step_size, limit;
};

// Takes `steps` steps, or stops before one whose residual <theta, x> - y - noise is not within [-limit, limit]; returns
// how many were taken. On entry the products are those before step `first`; on exit, when all steps were taken, those
// before step first + steps. Inputs beyond the run's last step may be anything finite: their products are never used.
using FactorKernel = std::size_t (*)(const FactorSteps& steps);

FactorKernel factor_kernel(numeric::Isa isa);

}  // namespace escapement::reduction

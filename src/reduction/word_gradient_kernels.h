// Steps of eight width-free replicas side by side whose direction takes more than one product: batches, full batches and
// SAM, in double or quad words. The companion of word_kernels.h, with its range and its promise of the same bits.
//
//     q = (1/b) sum_k (<theta, x_k> - y_k - noise_k) x_k   or, of all n samples,   C (theta - theta*) - (1/n) sum_k noise_k x_k
//     Z <- Z - eta Z~ B(q),   Z~ = Z;  SAM: v = q, Z~ = Z (I + kappa B(v)), kappa = rho / |gradient|, and q anew at theta~
#pragma once

#include "escapement/reduction/word_kernels.h"

namespace escapement::reduction {

inline constexpr double kLeastGradientSquare = 0x1p-200;  // SAM: |gradient|^2 over (W, a)
inline constexpr double kGreatestKappa = 0x1p100;

struct WordGradientSteps {
  double* z;  // [rows x (d + 1) x words x 8], as replicas in lanes (WordLayout)
  std::size_t rows, leading, d, steps;
  std::size_t batch;            // samples a step: those of a batch, or all n (0 where there is no noise)
  const double* const* x;       // [steps x batch x 8] inputs [d]
  const double* const* labels;  // [steps x batch x 8] labels [words]; batches only
  const double* noise;       // [steps x batch x 8] in units of sigma, aligned to 64 bytes as are the next two
  const double* covariance;  // C [d x d x words x 8]; null: batches
  const double* theta_star;  // [d x words x 8]; with C
  const double* share;       // 1 / batch [words]
  const double* step_size;   // [words]
  const double* sigma;       // [words]
  const double* rho;         // [words]; null: no SAM
  double* scratch;           // [word_gradient_scratch()], aligned as z
  WordLane lanes[kWordLanes];  // value: |q|^2 where it is beyond kGreatestResidual
};

constexpr std::size_t word_gradient_scratch(std::size_t d, std::size_t words) {
  return kWordLanes * words * 5 * d;
}

using WordGradientKernel = void (*)(WordGradientSteps& steps);

WordGradientKernel word_gradient_kernel(numeric::Isa isa, std::size_t words);  // words 2 or 4

}  // namespace escapement::reduction

// The double kernels behind packed.h as a table of functions, one table per instruction set.
// Pointers are 64-byte aligned; `blocks` counts groups of eight doubles; padding lanes hold zeros.
#pragma once

#include <cstddef>
#include <cstdint>

#include "escapement/numeric/isa.h"

namespace escapement::numeric {

struct DoubleKernels {
  double (*dot)(const double* x, const double* y, std::size_t blocks);
  void (*add_scaled)(double* y, double c, const double* x, std::size_t blocks);  // y += c x
  // out = A x, A symmetric [d x stride]: column sums in four interleaved accumulators (0+1)+(2+3).
  void (*symmetric_multiply)(const double* a, const double* x, double* out, std::size_t d,
                             std::size_t blocks);
  void (*add_rank_two)(double* a, const double* x, const double* h, std::size_t d, std::size_t blocks);
  // Columns of a Rows<double>: out [k] = sum_j q_j column_j in column order; column_j -= q_j c; and the transpose.
  void (*columns_times)(const double* z, const double* q, double* out, std::size_t d, std::size_t blocks);
  void (*subtract_outer)(double* z, const double* column, const double* q, std::size_t d, std::size_t blocks);
  void (*transposed_times)(const double* z, const double* a, double* out, std::size_t d, std::size_t blocks);
  // `count` steps Z <- Z (I - c B(x)) in one pass over each group of eight rows; the same bits as step by step.
  void (*right_multiply)(double* z, const double* const* x, const double* c, std::size_t count, std::size_t d,
                         std::size_t blocks);
  // out_i = |w_i - w0_i|^2.
  void (*column_distances)(const double* z, const double* z0, double* out, std::size_t d, std::size_t blocks);
};

const DoubleKernels& double_kernels(Isa isa);
const DoubleKernels& double_kernels();  // of active_isa()

}  // namespace escapement::numeric

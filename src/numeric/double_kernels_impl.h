// Bodies of the double kernels; included once per instruction set (see pack8.h).
#pragma once

#include "escapement/numeric/double_kernels.h"
#include "escapement/numeric/pack8.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

inline double dot(const double* x, const double* y, std::size_t blocks) {
  V8 s = V8::zero();
  for (std::size_t b = 0; b < blocks; ++b) s = fma(V8::load(x + 8 * b), V8::load(y + 8 * b), s);
  return sum(s);
}

inline void add_scaled(double* y, double c, const double* x, std::size_t blocks) {
  const V8 factor = V8::all(c);
  for (std::size_t b = 0; b < blocks; ++b)
    fma(factor, V8::load(x + 8 * b), V8::load(y + 8 * b)).store(y + 8 * b);
}

// sum_j q_j z_j over d groups of eight, `stride` doubles apart: four chains hide the latency, (0+1)+(2+3) joins them.
inline V8 interleaved_sum(const double* z, std::size_t stride, const double* q, std::size_t d) {
  V8 s0 = V8::zero(), s1 = s0, s2 = s0, s3 = s0;
  const auto term = [&](std::size_t j, V8& s) { s = fma(V8::all(q[j]), V8::load(z + j * stride), s); };
  std::size_t j = 0;
  for (; j + 4 <= d; j += 4) {
    term(j, s0);
    term(j + 1, s1);
    term(j + 2, s2);
    term(j + 3, s3);
  }
  if (j < d) term(j, s0);
  if (j + 1 < d) term(j + 1, s1);
  if (j + 2 < d) term(j + 2, s2);
  return (s0 + s1) + (s2 + s3);
}

inline void symmetric_multiply(const double* a, const double* x, double* out, std::size_t d,
                               std::size_t blocks) {
  for (std::size_t b = 0; b < blocks; ++b) {
    interleaved_sum(a + 8 * b, 8 * blocks, x, d).store(out + 8 * b);
  }
}

inline void add_rank_two(double* a, const double* x, const double* h, std::size_t d, std::size_t blocks) {
  for (std::size_t i = 0; i < d; ++i) {
    const V8 xi = V8::all(x[i]), hi = V8::all(h[i]);
    for (std::size_t b = 0; b < blocks; ++b) {
      double* row = a + (i * blocks + b) * 8;
      fma(hi, V8::load(x + 8 * b), fma(xi, V8::load(h + 8 * b), V8::load(row))).store(row);
    }
  }
}

inline void columns_times(const double* z, const double* q, double* out, std::size_t d, std::size_t blocks) {
  for (std::size_t b = 0; b < blocks; ++b) {
    interleaved_sum(z + 8 * b, 8 * blocks, q, d).store(out + 8 * b);
  }
}

inline void subtract_outer(double* z, const double* column, const double* q, std::size_t d,
                           std::size_t blocks) {
  for (std::size_t j = 0; j < d; ++j) {
    const V8 qj = V8::all(q[j]);
    for (std::size_t b = 0; b < blocks; ++b) {
      double* p = z + (j * blocks + b) * 8;
      fnma(qj, V8::load(column + 8 * b), V8::load(p)).store(p);
    }
  }
}

inline void transposed_times(const double* z, const double* a, double* out, std::size_t d,
                             std::size_t blocks) {
  for (std::size_t j = 0; j < d; ++j) out[j] = dot(z + j * blocks * 8, a, blocks);
}

inline void right_multiply(double* z, const double* const* x, const double* c, std::size_t count,
                           std::size_t d, std::size_t blocks) {
  const std::size_t stride = 8 * blocks;
  for (std::size_t b = 0; b < blocks; ++b) {
    double* chunk = z + 8 * b;
    double* second = chunk + d * stride;
    for (std::size_t t = 0; t < count; ++t) {
      const V8 p = interleaved_sum(chunk, stride, x[t], d);
      const V8 a = V8::load(second);
      const V8 ca = V8::all(c[t]) * a;
      for (std::size_t j = 0; j < d; ++j) {
        double* w = chunk + j * stride;
        fnma(V8::all(x[t][j]), ca, V8::load(w)).store(w);
      }
      fnma(V8::all(c[t]), p, a).store(second);
    }
  }
}

inline void column_distances(const double* z, const double* z0, double* out, std::size_t d,
                             std::size_t blocks) {
  for (std::size_t b = 0; b < blocks; ++b) {
    V8 s = V8::zero();
    for (std::size_t j = 0; j < d; ++j) {
      const V8 move =
          fnma(V8::all(1.0), V8::load(z0 + (j * blocks + b) * 8), V8::load(z + (j * blocks + b) * 8));
      s = fma(move, move, s);
    }
    s.store(out + 8 * b);
  }
}

inline constexpr DoubleKernels kDoubleKernels{dot,
                                              add_scaled,
                                              symmetric_multiply,
                                              add_rank_two,
                                              columns_times,
                                              subtract_outer,
                                              transposed_times,
                                              right_multiply,
                                              column_distances};

}  // namespace escapement::numeric::ESCAPEMENT_ISA

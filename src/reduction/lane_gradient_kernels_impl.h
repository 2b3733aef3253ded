// Body of the steps over lanes along gradients; included once per instruction set.
#pragma once

#include <type_traits>

#include "escapement/reduction/lane_gradient_kernels.h"
#include "escapement/reduction/lane_sweep.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

// out_i = sum_j z_ij q_j, entries as in LaneView, in the order of columns_times(): four chains, (0+1)+(2+3). TILE: rows at
// a time, whose chains fit the registers.
template <class L, std::size_t TILE>
void lane_columns_times(const double* z, const double* q, double* out, std::size_t rows, std::size_t d) {
  constexpr std::size_t W = L::kWidth;
  const auto tile = [&]<std::size_t SIZE>(std::integral_constant<std::size_t, SIZE>, std::size_t row)
      __attribute__((always_inline)) {
    L s[4][SIZE];
    unrolled<4>([&](std::size_t k) __attribute__((always_inline)) {
      unrolled<SIZE>([&](std::size_t i) __attribute__((always_inline)) { s[k][i] = L::zero(); });
    });
    const auto term = [&](std::size_t j, std::size_t k) __attribute__((always_inline)) {
      const L qj = L::load(q + j * W);
      const double* column = z + (j * rows + row) * W;
      unrolled<SIZE>([&](std::size_t i) __attribute__((always_inline)) {
        s[k][i] = fma(qj, L::load(column + i * W), s[k][i]);
      });
    };
    std::size_t j = 0;
    for (; j + 4 <= d; j += 4)
      unrolled<4>([&](std::size_t k) __attribute__((always_inline)) { term(j + k, k); });
    if (j < d) term(j, 0);
    if (j + 1 < d) term(j + 1, 1);
    if (j + 2 < d) term(j + 2, 2);
    unrolled<SIZE>([&](std::size_t i) __attribute__((always_inline)) {
      ((s[0][i] + s[1][i]) + (s[2][i] + s[3][i])).store(out + (row + i) * W);
    });
  };
  std::size_t row = 0;
  for (; row + TILE <= rows; row += TILE) tile(std::integral_constant<std::size_t, TILE>(), row);
  for (; row < rows; ++row) tile(std::integral_constant<std::size_t, 1>(), row);
}

// term(i, s) over i = 0 .. rows - 1 in the order of dot(): eight chains, (0+4)+(2+6) + (1+5)+(3+7).
template <class L, class Term>
[[gnu::always_inline]] inline L chained(std::size_t rows, Term&& term) {
  L s[8];
  unrolled<8>([&](std::size_t k) __attribute__((always_inline)) { s[k] = L::zero(); });
  std::size_t i = 0;
  for (; i + 8 <= rows; i += 8)
    unrolled<8>([&](std::size_t k) __attribute__((always_inline)) { s[k] = term(i + k, s[k]); });
  unrolled<7>([&](std::size_t k) __attribute__((always_inline)) {
    if (i + k < rows) s[k] = term(i + k, s[k]);
  });
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

template <class L, std::size_t TILE>
class LaneGradientRun {
  static constexpr std::size_t W = L::kWidth;

 public:
  explicit LaneGradientRun(const reduction::LaneGradientSteps& steps)
      : k_(steps),
        stride_((k_.d + 7) / 8 * 8 * W),
        v_(k_.scratch),
        q_(v_ + stride_),
        point_(q_ + stride_),
        mean_noise_(point_ + stride_),
        inputs_(mean_noise_ + stride_) {
    for (std::size_t l = 0; l < W; ++l) {
      y_[l] = k_.y[l];
      noise_[l] = k_.noise[l];
    }
  }

  std::size_t take_steps() {
    if (k_.covariance != nullptr) load(k_.mean_noise, mean_noise_);
    for (std::size_t t = 0; t < k_.steps; ++t) {
      if (k_.covariance == nullptr) load_inputs(t);
      L kappa = L::zero(), shift = kappa;
      gradient(t, k_.theta, k_.sharp ? v_ : q_);
      if (k_.sharp) {
        times(k_.factor, v_, moved(k_.factor));
        const L length = inner(v_, v_, k_.d), squared = gradient_squared(length);
        if (!all_between(length, kLeast, kGreatest) || !all_between(squared, kLeast, kGreatest)) return t;
        kappa = L::all(k_.rho) / square_root(squared);
        raise(k_.factor, kappa);
        set_perturbed_theta(kappa);
        gradient(t, point_, q_);
        shift = kappa * inner(v_, q_, k_.d);
      }
      if (!all_within(inner(q_, q_, k_.d), k_.limit)) return t;
      if (k_.passenger.rows > 0) {
        if (k_.sharp) {
          times(k_.passenger, v_, moved(k_.passenger));
          raise(k_.passenger, kappa);
        }
        step<false>(k_.passenger, shift);
      }
      step<true>(k_.factor, shift);
    }
    return k_.steps;
  }

 private:
  // Of squares: as numeric::has_digits. What is not between them, zero above all, is the caller's.
  static constexpr double kLeast = 0x1p-400, kGreatest = 0x1p400;
  using Rows = reduction::LaneRows;
  double* second(const Rows& m) const { return m.z + m.rows * k_.d * W; }
  static double* products(const Rows& m) { return m.scratch; }            // W q
  static double* moved(const Rows& m) { return m.scratch + m.rows * W; }  // W v; then a~; then c a~
  static double* column(const Rows& m) { return m.scratch + 2 * m.rows * W; }

  void times(const Rows& m, const double* q, double* out) const {
    lane_columns_times<L, TILE>(m.z, q, out, m.rows, k_.d);
  }
  static L inner(const double* u, const double* v, std::size_t size) {
    L result;
    dots<1>({u}, {v}, size, &result);
    return result;
  }

  void load(const double* const* by_lane, double* out) const {
    const double* x[W];
    for (std::size_t l = 0; l < W; ++l) x[l] = by_lane[l];
    for (std::size_t j = 0; j < k_.d; j += 2) {
      L even, odd;
      transpose_two(x, j, even, odd);
      even.store(out + j * W);
      odd.store(out + (j + 1) * W);
    }
  }
  void load_inputs(std::size_t t) const {
    for (std::size_t b = 0; b < k_.batch; ++b) {
      const double* x[W];
      for (std::size_t l = 0; l < W; ++l) x[l] = k_.x[l][t * k_.batch + b];
      load(x, inputs_ + b * stride_);
    }
  }

  // The residual-weighted input at theta, as GradientOracle::evaluate().
  void gradient(std::size_t t, const double* theta, double* out) const {
    const std::size_t size = k_.d * W;
    if (k_.covariance != nullptr) {
      // inputs_ has room for one vector at least, and there is no batch: it takes theta - theta*.
      for (std::size_t j = 0; j < size; j += W)
        (L::load(theta + j) - L::load(k_.theta_star + j)).store(inputs_ + j);
      lane_columns_times<L, TILE>(k_.covariance, inputs_, out, k_.d, k_.d);
      for (std::size_t j = 0; j < size; j += W) (L::load(out + j) - L::load(mean_noise_ + j)).store(out + j);
      return;
    }
    for (std::size_t b = 0; b < k_.batch; ++b) {
      const double* x = inputs_ + b * stride_;
      const std::size_t sample = t * k_.batch + b;
      const L residual = inner(theta, x, k_.d) - L::gather(y_, sample) - L::gather(noise_, sample);
      for (std::size_t j = 0; j < size; j += W)
        fma(residual, L::load(x + j), b == 0 ? L::zero() : L::load(out + j)).store(out + j);
    }
    if (k_.batch == 1) return;
    const L share = L::all(1.0 / static_cast<double>(k_.batch));
    for (std::size_t j = 0; j < size; j += W) (L::load(out + j) * share).store(out + j);
  }

  // |a|^2 |v|^2 + |W v|^2 over R, whose W v is at hand; `v` is |v|^2.
  L gradient_squared(L v) const {
    const Rows& m = k_.factor;
    const L a = inner(second(m), second(m), m.rows);
    return a * v + inner(moved(m), moved(m), m.rows);
  }

  // W v becomes a~ = a + kappa W v.
  void raise(const Rows& m, L kappa) const {
    double* out = moved(m);
    const double* a = second(m);
    for (std::size_t i = 0; i < m.rows * W; i += W)
      fma(kappa, L::load(out + i), L::load(a + i)).store(out + i);
  }

  // W~^T a~, W~ = W + kappa a v^T: no entry of W~ is kept.
  void set_perturbed_theta(L kappa) const {
    const Rows& m = k_.factor;
    const L minus = L::all(-1.0) * kappa;
    const double *a = second(m), *raised = moved(m), *w = m.z;
    double* shift = column(m);
    for (std::size_t i = 0; i < m.rows * W; i += W) (L::load(a + i) * minus).store(shift + i);
    for (std::size_t j = 0; j < k_.d; ++j, w += m.rows * W) {
      const L vj = L::load(v_ + j * W);
      chained<L>(
          m.rows,
          [&](std::size_t i, L s) __attribute__((always_inline)) {
            const L entry = fnma(vj, L::load(shift + i * W), L::load(w + i * W));
            return fma(entry, L::load(raised + i * W), s);
          })
          .store(point_ + j * W);
    }
  }

  // W -= c a~ q^T, a -= c (W q + shift a); and theta anew where the matrix is R.
  template <bool THETA>
  void step(const Rows& m, L shift) const {
    double *p = products(m), *a = second(m), *move = moved(m), *w = m.z;
    const L c = L::all(k_.step_size);
    times(m, q_, p);
    for (std::size_t i = 0; i < m.rows * W; i += W) {
      const L old = L::load(a + i);
      L product = L::load(p + i), raised = old;
      if (k_.sharp) {
        product = fma(shift, old, product);
        raised = L::load(move + i);
      }
      (raised * c).store(move + i);
      fnma(c, product, old).store(a + i);
    }
    for (std::size_t j = 0; j < k_.d; ++j, w += m.rows * W) {
      const L qj = L::load(q_ + j * W);
      const auto moved_entry = [&](std::size_t i) __attribute__((always_inline)) {
        const L entry = fnma(qj, L::load(move + i * W), L::load(w + i * W));
        entry.store(w + i * W);
        return entry;
      };
      if constexpr (THETA)
        chained<L>(
            m.rows, [&](std::size_t i, L s)
                        __attribute__((always_inline)) { return fma(moved_entry(i), L::load(a + i * W), s); })
            .store(k_.theta + j * W);
      else
        for (std::size_t i = 0; i < m.rows; ++i) moved_entry(i);
    }
  }

  const reduction::LaneGradientSteps k_;
  std::size_t stride_;
  double *v_, *q_, *point_, *mean_noise_, *inputs_;
  const double *y_[W], *noise_[W];
};

template <class L, std::size_t TILE>
std::size_t lane_gradient_steps(const reduction::LaneGradientSteps& k) {
  return LaneGradientRun<L, TILE>(k).take_steps();
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

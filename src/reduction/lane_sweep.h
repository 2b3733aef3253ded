// One matrix per lane of the paired steps, and the sweep over it; included once per instruction set.
#pragma once

#include <algorithm>

#include "escapement/reduction/factor_kernels.h"
#include "escapement/reduction/lane_kernels.h"
#include "escapement/reduction/lane_pack.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::LaneView;

// out[i] = <a[i], b[i]> in the order of dot() in packed.h: eight interleaved chains, then (0+4)+(2+6) + (1+5)+(3+7).
template <std::size_t N, class L>
[[gnu::always_inline]] inline void dots(const double* const (&a)[N], const double* const (&b)[N],
                                        std::size_t size, L* out) {
  struct Sums {
    L s[N];
  };
  const auto chain = [&](std::size_t k) __attribute__((always_inline)) {
    Sums r;
    unrolled<N>([&](std::size_t i) __attribute__((always_inline)) { r.s[i] = L::zero(); });
    for (std::size_t j = k * L::kWidth; j < size * L::kWidth; j += 8 * L::kWidth)
      unrolled<N>([&](std::size_t i) __attribute__((always_inline)) {
        r.s[i] = fma(L::load(a[i] + j), L::load(b[i] + j), r.s[i]);
      });
    return r;
  };
  const auto add = [&](const Sums& x, const Sums& y) __attribute__((always_inline)) {
    Sums r;
    unrolled<N>([&](std::size_t i) __attribute__((always_inline)) { r.s[i] = x.s[i] + y.s[i]; });
    return r;
  };
  const auto four = [&](std::size_t k) __attribute__((always_inline)) {
    const Sums outer = add(chain(k), chain(k + 4));
    return add(outer, add(chain(k + 2), chain(k + 6)));
  };
  const Sums even = four(0), all = add(even, four(1));
  unrolled<N>([&](std::size_t i) __attribute__((always_inline)) { out[i] = all.s[i]; });
}

// As Carried in factor_sweep.h. TILE: rows whose moves and sums fit the registers.
template <class L, std::size_t TILE>
class LaneMatrix {
  static constexpr std::size_t W = L::kWidth;

 public:
  LaneMatrix(const LaneView& view, std::size_t d)
      : z_(view.z), second_(view.z + view.rows * d * W), d_(d), rows_(view.rows), size_(view.rows * W) {
    for (std::size_t i = 0; i < 3; ++i) p_[i] = view.products + i * size_;
    for (std::size_t i = 0; i < 2; ++i) {
      done_[i] = view.scratch + i * size_;
      move_[i] = view.scratch + (2 + i) * size_;
    }
  }

  // The network's output for p_0.
  L output() const {
    L result;
    dots<1>({second_}, {p_[0]}, rows_, &result);
    return result;
  }

  // First step of a pair: a -= c p_0, p_1 -= <x_0, x_1> ca; returns the output for p_1. Second: a -= c p_1.
  [[gnu::always_inline]] L take_first(L c, L overlap) const {
    L sums[8];
    unrolled<8>([&](std::size_t k) __attribute__((always_inline)) { sums[k] = L::zero(); });
    double *second = second_, *p0 = p_[0], *p1 = p_[1], *move = move_[0];
    const auto row = [&](std::size_t i, L & sum) __attribute__((always_inline)) {
      const L a = L::load(second + i), ca = c * a;
      const L next_a = fnma(c, L::load(p0 + i), a), next_p = fnma(overlap, ca, L::load(p1 + i));
      ca.store(move + i);
      next_a.store(second + i);
      next_p.store(p1 + i);
      sum = fma(next_a, next_p, sum);
    };
    std::size_t i = 0;
    for (; i + 8 * W <= size_; i += 8 * W)
      unrolled<8>([&](std::size_t k) __attribute__((always_inline)) { row(i + k * W, sums[k]); });
    unrolled<7>([&](std::size_t k) __attribute__((always_inline)) {
      if (i + k * W < size_) row(i + k * W, sums[k]);
    });
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
  }
  [[gnu::always_inline]] void take_second(L c) const {
    double *second = second_, *p1 = p_[1], *move = move_[1];
    for (std::size_t i = 0, end = size_; i < end; i += W) {
      const L a = L::load(second + i);
      (c * a).store(move + i);
      fnma(c, L::load(p1 + i), a).store(second + i);
    }
  }

  // The second step is not taken now: its product comes first, and makes room for those of the pair to come.
  void leave_second() const { copy(1, 0); }

  // W -= (moves of the pair done) (its inputs)^T if UPDATE; then the products of the next two steps, corrected for the
  // moves of the pair being taken; or of its first step alone, where `both` is false. `overlaps`: <x_r, x_s> for (r, s) =
  // (0, 2), (0, 3), (1, 2), (1, 3) counted from the pair being taken.
  template <bool UPDATE>
  [[gnu::always_inline]] void sweep(double* const (&x)[reduction::kLaneInputs], const L (&overlaps)[5],
                                    bool both) const {
    const std::size_t tiles = (rows_ + TILE - 1) / TILE, least = rows_ / tiles, larger = rows_ % tiles;
    for (std::size_t t = 0, row = 0; t < tiles; ++t) {
      const std::size_t size = least + (t < larger ? 1 : 0);
      any_tile<UPDATE, TILE>(size, row * W, x, overlaps, both);
      row += size;
    }
  }

  // Both moves of this pair are known now: their updates wait for the next sweep.
  void end_pair() {
    for (std::size_t i = 0; i < 2; ++i) {
      double* swap = done_[i];
      done_[i] = move_[i];
      move_[i] = swap;
    }
  }
  void settle_pair(const double* x0, const double* x1) const {
    settle(done_[0], x0);
    settle(done_[1], x1);
  }
  void settle_first(const double* x) const { settle(move_[0], x); }
  // The second step of a pair whose first ended a run; `overlaps` with the two inputs to come.
  void take_odd(L c, L overlap1, L overlap2, const double* x) const {
    take_first(c, overlap1);
    for (std::size_t i = 0; i < size_; i += W)
      fnma(overlap2, L::load(move_[0] + i), L::load(p_[2] + i)).store(p_[2] + i);
    settle_first(x);
    copy(1, 0);
    copy(2, 1);
  }

 private:
  void copy(std::size_t from, std::size_t to) const { std::copy_n(p_[from], size_, p_[to]); }
  void settle(const double* move, const double* x) const {
    double* w = z_;
    for (std::size_t j = 0; j < d_; ++j, w += size_) {
      const L input = L::load(x + j * W);
      for (std::size_t i = 0; i < size_; i += W) fnma(input, L::load(move + i), L::load(w + i)).store(w + i);
    }
  }

  template <bool UPDATE, std::size_t SIZE>
  [[gnu::always_inline]] void any_tile(std::size_t size, std::size_t row,
                                       double* const (&x)[reduction::kLaneInputs], const L (&overlaps)[5],
                                       bool both) const {
    if (size == SIZE) return tile<UPDATE, SIZE>(row, x, overlaps, both);
    if constexpr (SIZE > 1) any_tile<UPDATE, SIZE - 1>(size, row, x, overlaps, both);
  }

  template <bool UPDATE, std::size_t SIZE>
  void tile(std::size_t row, double* const (&x)[reduction::kLaneInputs], const L (&overlaps)[5],
            bool both) const {
    const double *done0 = x[0], *done1 = x[1], *next0 = x[4], *next1 = x[5];
    const std::size_t stride = size_;
    L move0[SIZE], move1[SIZE], sum0[SIZE], sum1[SIZE];
    unrolled<SIZE>([&](std::size_t i) __attribute__((always_inline)) {
      if constexpr (UPDATE) {
        move0[i] = L::load(done_[0] + row + i * W);
        move1[i] = L::load(done_[1] + row + i * W);
      }
      sum0[i] = sum1[i] = L::zero();
    });
    double* w = z_ + row;
    for (std::size_t j = 0, end = d_ * W; j < end; j += W, w += stride) {
      const L n0 = L::load(next0 + j), n1 = L::load(next1 + j);
      L d0, d1;
      if constexpr (UPDATE) d0 = L::load(done0 + j), d1 = L::load(done1 + j);
      unrolled<SIZE>([&](std::size_t i) __attribute__((always_inline)) {
        L entry = L::load(w + i * W);
        if constexpr (UPDATE) {
          entry = fnma(d1, move1[i], fnma(d0, move0[i], entry));
          entry.store(w + i * W);
        }
        sum0[i] = fma(n0, entry, sum0[i]);
        sum1[i] = fma(n1, entry, sum1[i]);
      });
    }
    const double *taken0 = move_[0] + row, *taken1 = move_[1] + row;
    double *p0 = (both ? p_[0] : p_[1]) + row, *p1 = (both ? p_[1] : p_[2]) + row;
    unrolled<SIZE>([&](std::size_t i) __attribute__((always_inline)) {
      const L m0 = L::load(taken0 + i * W);
      sum0[i] = fnma(overlaps[0], m0, sum0[i]);
      sum1[i] = fnma(overlaps[1], m0, sum1[i]);
      if (both) {
        const L m1 = L::load(taken1 + i * W);
        sum0[i] = fnma(overlaps[2], m1, sum0[i]);
        sum1[i] = fnma(overlaps[3], m1, sum1[i]);
      }
      sum0[i].store(p0 + i * W);
      sum1[i].store(p1 + i * W);
    });
  }

  double *z_, *second_, *p_[3], *done_[2], *move_[2];
  std::size_t d_, rows_, size_;
};

}  // namespace escapement::numeric::ESCAPEMENT_ISA

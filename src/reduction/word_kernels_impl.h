// Body of the multi-word steps; included once per instruction set.
#pragma once

#include <cmath>

#include "escapement/numeric/words8.h"
#include "escapement/reduction/word_kernels.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::kMaxWords;
using reduction::WordEnd;
using reduction::WordLane;
using reduction::WordLayout;
using reduction::WordSteps;

// Sums over the rows, in their order. Squares are those of leading words: sizes, not values.
template <std::size_t W>
struct RowSums {
  Words<W> output = Words<W>::zero();  // <a, p> of the leading rows
  V8 first = V8::zero();               // |W|^2 of the leading rows
  V8 second = V8::zero();              // |a|^2 of the leading rows
  V8 others = V8::zero();              // the squares of all else, products p included

  [[gnu::always_inline]] void add(bool leading, const Words<W>& a, const Words<W>& p, V8 squares) {
    others = fma(p.w[0], p.w[0], others);
    if (leading) {
      accumulate_product(output, a, p);
      first = first + squares;
      second = fma(a.w[0], a.w[0], second);
    } else {
      others = fma(a.w[0], a.w[0], others + squares);
    }
  }
};

// ROWS: the lanes hold rows of one replica, else replicas. A "row" below is then a block of eight.
template <std::size_t W, bool ROWS>
class WordRun {
 public:
  explicit WordRun(WordSteps& steps)
      : k_(steps),
        count_(ROWS ? reduction::word_blocks(k_.rows, k_.leading) : k_.rows),
        p_(k_.scratch),
        free_(p_ + count_ * W * kLane) {}

  void take_steps() {
    const double* now = inputs(0);
    RowSums<W> sums;
    for (std::size_t i = 0; i < count_; ++i) look(i, now, sums);
    for (std::size_t t = 0; t < k_.steps; ++t) {
      if constexpr (ROWS) sums = sums_of_rows();
      const Words<W> c = coefficient(t, sums);
      if (!any_active()) return;
      const double* next = inputs(t + 1 < k_.steps ? t + 1 : t);
      sums = RowSums<W>();
      const bool tidy = (k_.first + t) % 8 == 7;
      for (std::size_t i = 0; i < count_; ++i) step(tidy, i, -c, now, next, sums);
      now = next;
    }
    for (WordLane& lane : k_.lanes)
      if (lane.active && lane.end == WordEnd::none) lane.taken = k_.steps;
  }

 private:
  static constexpr std::size_t kLane = reduction::kWordLanes;

  double* row(std::size_t i) const { return k_.z + i * (k_.d + 1) * W * kLane; }

  // Coordinate j of the inputs in all lanes.
  static V8 input(const double* x, std::size_t j) {
    if constexpr (ROWS)
      return V8::all(x[j]);
    else
      return V8::load(x + j * kLane);
  }

  bool any_active() const {
    for (const WordLane& lane : k_.lanes)
      if (lane.active && lane.end == WordEnd::none) return true;
    return false;
  }

  // The inputs of step t; those of two steps at a time are kept.
  const double* inputs(std::size_t t) const {
    if constexpr (ROWS) return k_.x[t * kLane];
    double* const out = free_ + (t % 2) * k_.d * kLane;
    for (std::size_t l = 0; l < kLane; ++l) {
      const double* x = k_.x[t * kLane + l];
      for (std::size_t j = 0; j < k_.d; ++j) out[j * kLane + l] = x[j];
    }
    return out;
  }

  // Products and sizes of row i as it is.
  void look(std::size_t i, const double* x, RowSums<W>& sums) const {
    const double* w = row(i);
    Words<W> p = Words<W>::zero();
    V8 squares = V8::zero();
    for (std::size_t j = 0; j < k_.d; ++j, w += W * kLane) {
      const Words<W> entry = Words<W>::load(w);
      squares = fma(entry.w[0], entry.w[0], squares);
      accumulate_product(p, entry, input(x, j));
    }
    finish(i, p, Words<W>::load(w), squares, sums);
  }

  // W_i += (minus_c a_i) x, a_i += minus_c p_i, and as look() for the next input.
  void step(bool tidy, std::size_t i, const Words<W>& minus_c, const double* now, const double* next,
            RowSums<W>& sums) const {
    double* w = row(i);
    double* const second = w + k_.d * W * kLane;
    Words<W> a = Words<W>::load(second);
    const Words<W> move = product(minus_c, a);
    accumulate_product(a, minus_c, Words<W>::load(p_ + i * W * kLane));
    normalise(a);
    a.store(second);
    Words<W> p = Words<W>::zero();
    V8 squares = V8::zero();
    for (std::size_t j = 0; w != second; ++j, w += W * kLane) {
      Words<W> entry = Words<W>::load(w);
      accumulate_product(entry, move, input(now, j));
      if (tidy) normalise(entry);
      entry.store(w);
      squares = fma(entry.w[0], entry.w[0], squares);
      accumulate_product(p, entry, input(next, j));
    }
    finish(i, p, a, squares, sums);
  }

  [[gnu::always_inline]] void finish(std::size_t i, Words<W>& p, const Words<W>& a, V8 squares,
                                     RowSums<W>& sums) const {
    normalise(p);
    p.store(p_ + i * W * kLane);
    if constexpr (ROWS)
      squares.store(free_ + i * kLane);
    else
      sums.add(i < k_.leading, a, p, squares);
  }

  // The same sums in the same order, in every lane.
  RowSums<W> sums_of_rows() const {
    RowSums<W> sums;
    const std::size_t others = reduction::word_blocks(k_.leading, k_.leading) * kLane;
    for (std::size_t i = 0; i < k_.rows; ++i) {
      const bool leading = i < k_.leading;
      const std::size_t at = leading ? i : others + i - k_.leading, block = at / kLane, lane = at % kLane;
      sums.add(leading, lane_of(row(block) + k_.d * W * kLane, lane), lane_of(p_ + block * W * kLane, lane),
               V8::all(free_[at]));
    }
    return sums;
  }
  static Words<W> lane_of(const double* words, std::size_t lane) {
    Words<W> r;
    unrolled<W>([&](std::size_t k)
                    __attribute__((always_inline)) { r.w[k] = V8::all(words[k * kLane + lane]); });
    return r;
  }

  V8 noise_of(std::size_t t) const {
    if constexpr (ROWS)
      return V8::all(k_.noise[t * kLane]);
    else
      return V8::load(k_.noise + t * kLane);
  }

  // c of step t, zero in lanes that take no more steps, which are marked.
  Words<W> coefficient(std::size_t t, const RowSums<W>& sums) {
    alignas(64) double residuals[W * kLane], steps[W * kLane], sizes[3 * kLane];
    alignas(64) double labels[W * kLane];
    for (std::size_t l = 0; l < kLane; ++l)
      for (std::size_t k = 0; k < W; ++k) labels[k * kLane + l] = k_.labels[t * kLane + (ROWS ? 0 : l)][k];
    Words<W> output = sums.output, noise = Words<W>::zero();
    normalise(output);
    accumulate_product(noise, Words<W>::all(k_.sigma), noise_of(t));
    normalise(noise);
    const Words<W> residual = sum(sum(output, -Words<W>::load(labels)), -noise);
    const Words<W> c = product(Words<W>::all(k_.step_size), residual);
    residual.store(residuals);
    c.store(steps);
    sums.first.store(sizes);
    sums.second.store(sizes + kLane);
    sums.others.store(sizes + 2 * kLane);
    for (std::size_t l = 0; l < (ROWS ? 1 : kLane); ++l) {
      WordLane& lane = k_.lanes[l];
      if (lane.active && lane.end == WordEnd::none) {
        lane.end = judge(l, residuals[l], steps[l], sizes + l);
        if (lane.end == WordEnd::none) continue;
        lane.taken = t;
        for (std::size_t k = 0; k < W; ++k) lane.value[k] = residuals[k * kLane + l];
      }
      for (std::size_t k = 0; k < W; ++k) steps[k * kLane + l] = 0;
    }
    return Words<W>::load(steps);
  }

  WordEnd judge(std::size_t l, double residual, double c, const double* sizes) const {
    constexpr double kGreatest = reduction::kGreatestWordNorm * reduction::kGreatestWordNorm;
    if (!(sizes[0] <= kGreatest && sizes[kLane] <= kGreatest && sizes[2 * kLane] <= kGreatest))
      return WordEnd::out_of_range;
    if (!in_range(l, sizes[0], 0, k_.d) || !in_range(l, sizes[kLane], k_.d, k_.d + 1))
      return WordEnd::out_of_range;
    if (!(std::fabs(residual) <= reduction::kGreatestResidual)) return WordEnd::too_large;
    return std::fabs(c) <= reduction::kGreatestWordStep ? WordEnd::none : WordEnd::out_of_range;
  }

  // A squared norm that is small is that of nothing but zeros, or out of range.
  bool in_range(std::size_t l, double square, std::size_t from, std::size_t to) const {
    if (square >= reduction::kLeastWordNorm * reduction::kLeastWordNorm) return true;
    const std::size_t rows = ROWS ? reduction::word_blocks(k_.leading, k_.leading) : k_.leading;
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t at = from * W * kLane; at < to * W * kLane; ++at)
        if ((ROWS || at % kLane == l) && row(i)[at] != 0) return false;
    return true;
  }

  WordSteps& k_;
  std::size_t count_;
  double *p_, *free_;  // products; inputs (replicas in lanes) or squares (rows in lanes)
};

template <std::size_t W, bool ROWS>
void word_steps(WordSteps& k) {
  WordRun<W, ROWS>(k).take_steps();
}

inline reduction::WordKernel word_kernel_of(std::size_t words, WordLayout layout) {
  if (layout == WordLayout::rows_in_lanes) return words == 2 ? word_steps<2, true> : word_steps<4, true>;
  return words == 2 ? word_steps<2, false> : word_steps<4, false>;
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

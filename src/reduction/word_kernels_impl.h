// Body of the multi-word steps; included once per instruction set.
#pragma once

#include <cmath>

#include "escapement/numeric/words8.h"
#include "escapement/reduction/word_kernels.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::kMaxWords;
using reduction::WordEnd;
using reduction::WordLane;
using reduction::WordSteps;

// Sums over the rows, made while they are at hand. Squares are those of leading words: sizes, not values.
template <std::size_t W>
struct RowSums {
  Words<W> output = Words<W>::zero();  // <a, p> of the leading rows
  V8 first = V8::zero();               // |W|^2 of the leading rows
  V8 second = V8::zero();              // |a|^2 of the leading rows
  V8 others = V8::zero();              // the squares of all else, products p included
};

template <std::size_t W>
class WordRun {
 public:
  explicit WordRun(WordSteps& steps)
      : k_(steps), p_(k_.scratch), now_(p_ + k_.rows * W * kLane), next_(now_ + k_.d * kLane) {}

  void take_steps() {
    spread(0, now_);
    RowSums<W> sums;
    for (std::size_t i = 0; i < k_.rows; ++i) look(i, sums);
    for (std::size_t t = 0; t < k_.steps; ++t) {
      const Words<W> c = coefficient(t, sums);
      if (!any_active()) return;
      spread(t + 1 < k_.steps ? t + 1 : t, next_);
      sums = RowSums<W>();
      const bool tidy = (k_.first + t) % 8 == 7;
      for (std::size_t i = 0; i < k_.rows; ++i) step(tidy, i, -c, sums);
      double* swap = now_;
      now_ = next_;
      next_ = swap;
    }
    for (WordLane& lane : k_.lanes)
      if (lane.active && lane.end == WordEnd::none) lane.taken = k_.steps;
  }

 private:
  static constexpr std::size_t kLane = reduction::kWordLanes;

  double* row(std::size_t i) const { return k_.z + i * (k_.d + 1) * W * kLane; }

  bool any_active() const {
    for (const WordLane& lane : k_.lanes)
      if (lane.active && lane.end == WordEnd::none) return true;
    return false;
  }

  // Inputs of step t, coordinate by coordinate.
  void spread(std::size_t t, double* out) const {
    for (std::size_t l = 0; l < kLane; ++l) {
      const double* x = k_.x[t * kLane + l];
      for (std::size_t j = 0; j < k_.d; ++j) out[j * kLane + l] = x[j];
    }
  }

  // Products and sizes of row i as it is.
  void look(std::size_t i, RowSums<W>& sums) const {
    const double* w = row(i);
    Words<W> p = Words<W>::zero();
    V8 squares = V8::zero();
    for (std::size_t j = 0; j < k_.d; ++j, w += W * kLane) {
      const Words<W> entry = Words<W>::load(w);
      squares = fma(entry.w[0], entry.w[0], squares);
      accumulate_product(p, entry, V8::load(now_ + j * kLane));
    }
    finish(i, p, Words<W>::load(w), squares, sums);
  }

  // W_i += (minus_c a_i) x, a_i += minus_c p_i, and as look() for the next input.
  void step(bool tidy, std::size_t i, const Words<W>& minus_c, RowSums<W>& sums) const {
    double* w = row(i);
    double* const second = w + k_.d * W * kLane;
    const double *now = now_, *next = next_;
    Words<W> a = Words<W>::load(second);
    const Words<W> move = product(minus_c, a);
    accumulate_product(a, minus_c, Words<W>::load(p_ + i * W * kLane));
    normalise(a);
    a.store(second);
    Words<W> p = Words<W>::zero();
    V8 squares = V8::zero();
    for (; w != second; w += W * kLane, now += kLane, next += kLane) {
      Words<W> entry = Words<W>::load(w);
      accumulate_product(entry, move, V8::load(now));
      if (tidy) normalise(entry);
      entry.store(w);
      squares = fma(entry.w[0], entry.w[0], squares);
      accumulate_product(p, entry, V8::load(next));
    }
    finish(i, p, a, squares, sums);
  }

  [[gnu::always_inline]] void finish(std::size_t i, Words<W>& p, const Words<W>& a, V8 squares,
                                     RowSums<W>& sums) const {
    normalise(p);
    p.store(p_ + i * W * kLane);
    sums.others = fma(p.w[0], p.w[0], sums.others);
    if (i < k_.leading) {
      accumulate_product(sums.output, a, p);
      sums.first = sums.first + squares;
      sums.second = fma(a.w[0], a.w[0], sums.second);
    } else {
      sums.others = fma(a.w[0], a.w[0], sums.others + squares);
    }
  }

  // c of step t, zero in lanes that take no more steps, which are marked.
  Words<W> coefficient(std::size_t t, const RowSums<W>& sums) {
    alignas(64) double residuals[W * kLane], steps[W * kLane], sizes[3 * kLane];
    alignas(64) double labels[W * kLane];
    for (std::size_t l = 0; l < kLane; ++l)
      for (std::size_t k = 0; k < W; ++k) labels[k * kLane + l] = k_.labels[t * kLane + l][k];
    Words<W> output = sums.output, noise = Words<W>::zero();
    normalise(output);
    accumulate_product(noise, Words<W>::all(k_.sigma), V8::load(k_.noise + t * kLane));
    normalise(noise);
    const Words<W> residual = sum(sum(output, -Words<W>::load(labels)), -noise);
    const Words<W> c = product(Words<W>::all(k_.step_size), residual);
    residual.store(residuals);
    c.store(steps);
    sums.first.store(sizes);
    sums.second.store(sizes + kLane);
    sums.others.store(sizes + 2 * kLane);
    for (std::size_t l = 0; l < kLane; ++l) {
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
    for (std::size_t i = 0; i < k_.leading; ++i)
      for (std::size_t at = from * W; at < to * W; ++at)
        if (row(i)[at * kLane + l] != 0) return false;
    return true;
  }

  WordSteps& k_;
  double *p_, *now_, *next_;
};

template <std::size_t W>
void word_steps(WordSteps& k) {
  WordRun<W>(k).take_steps();
}

inline reduction::WordKernel word_kernel_of(std::size_t words) {
  return words == 2 ? word_steps<2> : word_steps<4>;
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

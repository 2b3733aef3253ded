// One matrix of the paired steps, and the sweep over it; included once per instruction set. factor_kernels.h derives it.
#pragma once

#include "escapement/numeric/double_kernels_impl.h"
#include "escapement/reduction/factor_kernels.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::FactorView;

// Blocks of eight rows whose moves and sums fit the registers.
#if defined(ESCAPEMENT_HALVES)
inline constexpr std::size_t kRegisterBlocks = 3;
#else
inline constexpr std::size_t kRegisterBlocks = 1;
#endif

// The inputs of the pair done and of the pair to come ...
struct SweepInputs {
  const double *done0, *done1, *next0, *next1;
};
// ... and <x_r, x_s> for r in the pair being taken (0, 1) and s in the pair to come (2, 3).
struct SweepOverlaps {
  double o02, o03, o12, o13;
};

// [W | a] in BLOCKS blocks of rows (0: known at run time only), the products p_0, p_1, p_2 before the step at hand, and
// the moves ca of the pair done, whose updates of W are still to be made, and of the pair being taken. Pointers are copied
// to locals before a loop that stores: for all the compiler knows, a store of eight doubles may change a member.
template <std::size_t BLOCKS>
class Carried {
 public:
  Carried(const FactorView& view, std::size_t d)
      : z_(view.z), second_(view.z + 8 * view.blocks * d), d_(d), rows_(8 * view.blocks) {
    for (std::size_t i = 0; i < 3; ++i) p_[i] = view.products + i * rows_;
    for (std::size_t i = 0; i < 2; ++i)
      done_[i] = view.scratch + i * rows_, move_[i] = view.scratch + (2 + i) * rows_;
  }

  // The terms of <a, p_0>, eight by eight: sum() of them is the network's output.
  V8 output() const {
    V8 s = V8::zero();
    for (std::size_t b = 0; b < rows(); b += 8) s = fma(V8::load(second_ + b), V8::load(p_[0] + b), s);
    return s;
  }

  // First step of a pair: a -= c p_0, p_1 -= <x_0, x_1> ca. Returns the terms of the next output.
  [[gnu::always_inline]] V8 take_first(double c, double overlap) const {
    double *second = second_, *p0 = p_[0], *p1 = p_[1], *move = move_[0];
    const V8 step = V8::all(c), o = V8::all(overlap);
    V8 s = V8::zero();
    for (std::size_t b = 0, end = rows(); b < end; b += 8) {
      const V8 a = V8::load(second + b), ca = step * a;
      const V8 next_a = fnma(step, V8::load(p0 + b), a), next_p = fnma(o, ca, V8::load(p1 + b));
      ca.store(move + b);
      next_a.store(second + b);
      next_p.store(p1 + b);
      s = fma(next_a, next_p, s);
    }
    return s;
  }
  // Second step of a pair: a -= c p_1.
  [[gnu::always_inline]] void take_second(double c) const {
    double *second = second_, *p1 = p_[1], *move = move_[1];
    const V8 step = V8::all(c);
    for (std::size_t b = 0, end = rows(); b < end; b += 8) {
      const V8 a = V8::load(second + b), p = V8::load(p1 + b);
      (step * a).store(move + b);
      fnma(step, p, a).store(second + b);
    }
  }

  // W -= (moves of the pair done) (its inputs)^T if UPDATE; then the products of the pair to come, corrected for the
  // moves of the pair being taken. `early` and `late` run on the way, each when the residual that it needs has had time
  // to be summed; late() says whether the second step was taken, or the first alone. Sets the terms of the next output.
  template <bool UPDATE, class Early, class Late>
  [[gnu::always_inline]] bool sweep(const SweepInputs& x, const SweepOverlaps& o, V8& next, Early&& early,
                                    Late&& late) const {
    bool both = false;
    V8 output = V8::zero();
    const auto group = [&]<std::size_t GROUP>(std::size_t row) __attribute__((always_inline)) {
      V8 sum0[GROUP], sum1[GROUP];
      const std::size_t first = d_ * 5 / 16, second = d_ * 11 / 16;
      unrolled<GROUP>([&](std::size_t b) __attribute__((always_inline)) { sum0[b] = sum1[b] = V8::zero(); });
      columns<UPDATE, GROUP>(row, 0, first, x, sum0, sum1);
      if (row == 0) early();
      columns<UPDATE, GROUP>(row, first, second, x, sum0, sum1);
      if (row == 0) both = late();
      columns<UPDATE, GROUP>(row, second, d_, x, sum0, sum1);
      output = finish<GROUP>(row, o, both, sum0, sum1, output);
    };
    constexpr std::size_t kGroup = BLOCKS > 0 && BLOCKS < kRegisterBlocks ? BLOCKS : kRegisterBlocks;
    std::size_t row = 0;
    for (; row + 8 * kGroup <= rows(); row += 8 * kGroup) group.template operator()<kGroup>(row);
    if constexpr (BLOCKS == 0 && kGroup > 1)
      for (; row < rows(); row += 8) group.template operator()<1>(row);
    next = output;
    return both;
  }

  // Both moves of this pair are known now: their updates wait for the next sweep.
  void end_pair() {
    for (std::size_t i = 0; i < 2; ++i) {
      double* swap = done_[i];
      done_[i] = move_[i];
      move_[i] = swap;
    }
  }
  // What else ends a run of pairs: the updates that wait, made without a sweep ...
  void settle_pair(const double* x0, const double* x1) const {
    subtract_outer(z_, done_[0], x0, d_, rows_ / 8);
    subtract_outer(z_, done_[1], x1, d_, rows_ / 8);
  }
  // ... and that of the first step of a pair alone.
  void settle_first(const double* x) const { subtract_outer(z_, move_[0], x, d_, rows_ / 8); }
  // The second step is not taken now: its product comes first, and makes room for those of the pair to come.
  void leave_second() const { move_product(1, 0); }
  // The second step of a pair whose first ended a run; `overlaps` with the two inputs to come.
  void take_odd(double c, double overlap1, double overlap2, const double* x) const {
    take_first(c, overlap1);
    for (std::size_t b = 0; b < rows_; b += 8)
      fnma(V8::all(overlap2), V8::load(move_[0] + b), V8::load(p_[2] + b)).store(p_[2] + b);
    settle_first(x);
    move_product(1, 0);
    move_product(2, 1);
  }

 private:
  std::size_t rows() const { return BLOCKS > 0 ? 8 * BLOCKS : rows_; }
  void move_product(std::size_t from, std::size_t to) const {
    for (std::size_t b = 0; b < rows_; b += 8) V8::load(p_[from] + b).store(p_[to] + b);
  }

  template <bool UPDATE, std::size_t GROUP>
  [[gnu::always_inline]] void columns(std::size_t row, std::size_t from, std::size_t to, const SweepInputs& x,
                                      V8 (&sum0)[GROUP], V8 (&sum1)[GROUP]) const {
    const double *done0 = x.done0, *done1 = x.done1, *next0 = x.next0, *next1 = x.next1;
    const std::size_t stride = rows();
    V8 move0[GROUP], move1[GROUP];
    if constexpr (UPDATE) {
      unrolled<GROUP>([&](std::size_t b) __attribute__((always_inline)) {
        move0[b] = V8::load(done_[0] + row + 8 * b);
        move1[b] = V8::load(done_[1] + row + 8 * b);
      });
    }
    double* w = z_ + row + from * stride;
    for (std::size_t j = from; j < to; ++j, w += stride) {
      const V8 n0 = V8::all(next0[j]), n1 = V8::all(next1[j]);
      V8 d0, d1;
      if constexpr (UPDATE) d0 = V8::all(done0[j]), d1 = V8::all(done1[j]);
      unrolled<GROUP>([&](std::size_t b) __attribute__((always_inline)) {
        V8 column = V8::load(w + 8 * b);
        if constexpr (UPDATE) {
          column = fnma(d1, move1[b], fnma(d0, move0[b], column));
          column.store(w + 8 * b);
        }
        sum0[b] = fma(n0, column, sum0[b]);
        sum1[b] = fma(n1, column, sum1[b]);
      });
    }
  }

  // Corrects the sums to products, of the next two steps, or of those after the one step that is left in this pair.
  template <std::size_t GROUP>
  [[gnu::always_inline]] V8 finish(std::size_t row, const SweepOverlaps& o, bool both, V8 (&sum0)[GROUP],
                                   V8 (&sum1)[GROUP], V8 output) const {
    const double *second = second_ + row, *move0 = move_[0] + row, *move1 = move_[1] + row;
    double *p0 = (both ? p_[0] : p_[1]) + row, *p1 = (both ? p_[1] : p_[2]) + row;
    const V8 o02 = V8::all(o.o02), o03 = V8::all(o.o03), o12 = V8::all(o.o12), o13 = V8::all(o.o13);
    unrolled<GROUP>([&](std::size_t b) __attribute__((always_inline)) {
      const V8 m0 = V8::load(move0 + 8 * b), m1 = V8::load(move1 + 8 * b);
      V8 q0 = fnma(o02, m0, sum0[b]), q1 = fnma(o03, m0, sum1[b]);
      if (both) q0 = fnma(o12, m1, q0), q1 = fnma(o13, m1, q1);
      q0.store(p0 + 8 * b);
      q1.store(p1 + 8 * b);
      output = fma(V8::load(second + 8 * b), q0, output);
    });
    return output;
  }

  double *z_, *second_, *p_[3], *done_[2], *move_[2];
  std::size_t d_, rows_;
};

}  // namespace escapement::numeric::ESCAPEMENT_ISA

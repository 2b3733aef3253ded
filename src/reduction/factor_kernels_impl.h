// Body of the paired steps; included once per instruction set. factor_kernels.h derives them.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "escapement/numeric/double_kernels_impl.h"
#include "escapement/reduction/factor_kernels.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::FactorSteps;
using reduction::FactorView;

// Blocks of eight rows whose moves and sums fit the registers.
#if defined(ESCAPEMENT_HALVES)
inline constexpr std::size_t kRegisterBlocks = 2;
#else
inline constexpr std::size_t kRegisterBlocks = 1;
#endif

// The inputs of the pair done (0, 1) and of the pair to come (2, 3) ...
struct Inputs {
  const double *done0, *done1, *next0, *next1;
};
// ... and <x_r, x_s> for r in the pair being taken and s in the pair to come.
struct Overlaps {
  double o02, o03, o12, o13;
};

// A matrix with its scratch columns: the moves ca of the pair done and of the pair being taken.
class Carried {
 public:
  Carried(const FactorView& view, std::size_t d)
      : z_(view.z), second_(view.z + 8 * view.blocks * d), d_(d), rows_(8 * view.blocks), memory_(4 * rows_ + 8) {
    const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
    double* scratch = memory_.data() + (64 - address % 64) % 64 / sizeof(double);
    for (std::size_t i = 0; i < 3; ++i) p_[i] = view.products + i * rows_;
    done0_ = scratch, done1_ = scratch + rows_, move0_ = scratch + 2 * rows_, move1_ = scratch + 3 * rows_;
  }

  // The summands of <a, p> for the product at hand, eight by eight: sum() of them is dot().
  V8 output() const {
    const double *second = second_, *p = p_[0];
    V8 s = V8::zero();
    for (std::size_t b = 0, rows = rows_; b < rows; b += 8) s = fma(V8::load(second + b), V8::load(p + b), s);
    return s;
  }

  // First step of a pair: a -= c p_0, p_1 -= <x_0, x_1> c a. Returns the next output.
  V8 take_first(double c, double overlap) const {
    double *second = second_, *p0 = p_[0], *p1 = p_[1], *move = move0_;
    const V8 step = V8::all(c), o = V8::all(overlap);
    V8 s = V8::zero();
    for (std::size_t b = 0, rows = rows_; b < rows; b += 8) {
      const V8 a = V8::load(second + b), ca = step * a;
      const V8 next_a = fnma(step, V8::load(p0 + b), a), next_p = fnma(o, ca, V8::load(p1 + b));
      ca.store(move + b);
      next_a.store(second + b);
      next_p.store(p1 + b);
      s = fma(next_a, next_p, s);
    }
    return s;
  }
  // Second step of a pair.
  void take_second(double c) const {
    double *second = second_, *p1 = p_[1], *move = move1_;
    const V8 step = V8::all(c);
    for (std::size_t b = 0, rows = rows_; b < rows; b += 8) {
      const V8 a = V8::load(second + b), p = V8::load(p1 + b);
      (step * a).store(move + b);
      fnma(step, p, a).store(second + b);
    }
  }

  // W -= (moves of the pair done) (its inputs)^T if UPDATE; the products of the pair to come, corrected for the moves
  // of the pair being taken: both, or the first alone where `middle` says so, half-way. Returns the next output.
  template <bool UPDATE, class Middle> bool sweep(const Inputs& x, const Overlaps& o, V8& next, Middle&& middle) const {
    bool both = false;
    V8 output = V8::zero();
    std::size_t b = 0;
    for (; b + 8 * kRegisterBlocks <= rows_; b += 8 * kRegisterBlocks)
      sweep_rows<UPDATE, kRegisterBlocks>(b, x, o, output, both, middle);
    if constexpr (kRegisterBlocks > 1)
      if (b < rows_) sweep_rows<UPDATE, 1>(b, x, o, output, both, middle);
    next = output;
    return both;
  }
  void pair_taken() {
    std::swap(done0_, move0_);
    std::swap(done1_, move1_);
  }
  // The updates of the pair done, or of the first step of a pair alone.
  void settle_pair(const double* x0, const double* x1) const {
    subtract_outer(z_, done0_, x0, d_, rows_ / 8);
    subtract_outer(z_, done1_, x1, d_, rows_ / 8);
  }
  void settle_first(const double* x) const { subtract_outer(z_, move0_, x, d_, rows_ / 8); }
  // A pair is cut after its first step: the second's product comes first now, before a sweep fills its place.
  void bring_second_forward() const {
    for (std::size_t b = 0; b < rows_; b += 8) V8::load(p_[1] + b).store(p_[0] + b);
  }
  // The second step of a pair whose first was settled before.
  void take_odd(double c, double overlap1, double overlap2, const double* x) {
    take_first(c, overlap1);
    const V8 o = V8::all(overlap2);
    bring_second_forward();
    settle_first(x);
    for (std::size_t b = 0; b < rows_; b += 8) fnma(o, V8::load(move0_ + b), V8::load(p_[2] + b)).store(p_[1] + b);
  }

 private:
  template <bool UPDATE, std::size_t BLOCKS, class Middle>
  [[gnu::always_inline]] void sweep_rows(std::size_t row, const Inputs& x, const Overlaps& o, V8& output, bool& both,
                                         Middle&& middle) const {
    V8 move0[BLOCKS], move1[BLOCKS], sum0[BLOCKS], sum1[BLOCKS];
    unrolled<BLOCKS>([&](std::size_t b) __attribute__((always_inline)) {
      if constexpr (UPDATE) {
        move0[b] = V8::load(done0_ + row + 8 * b);
        move1[b] = V8::load(done1_ + row + 8 * b);
      }
      sum0[b] = sum1[b] = V8::zero();
    });
    const Inputs in = x;  // copies: the compiler need not fear that a store changes them
    const std::size_t stride = rows_, d = d_;
    const auto columns = [&](double* w, std::size_t from, std::size_t to) __attribute__((always_inline)) {
      for (std::size_t j = from; j < to; ++j, w += stride) {
        const V8 n0 = V8::all(in.next0[j]), n1 = V8::all(in.next1[j]);
        V8 d0, d1;
        if constexpr (UPDATE) d0 = V8::all(in.done0[j]), d1 = V8::all(in.done1[j]);
        unrolled<BLOCKS>([&](std::size_t b) __attribute__((always_inline)) {
          V8 c = V8::load(w + 8 * b);
          if constexpr (UPDATE) {
            c = fnma(d1, move1[b], fnma(d0, move0[b], c));
            c.store(w + 8 * b);
          }
          sum0[b] = fma(n0, c, sum0[b]);
          sum1[b] = fma(n1, c, sum1[b]);
        });
      }
    };
    columns(z_ + row, 0, d / 2);
    if (row == 0) both = middle();
    columns(z_ + row + d / 2 * stride, d / 2, d);
    double *p0 = both ? p_[0] : p_[1], *p1 = both ? p_[1] : p_[2];
    const double *second = second_ + row, *move0_in = move0_ + row, *move1_in = move1_ + row;
    p0 += row, p1 += row;
    const V8 o02 = V8::all(o.o02), o03 = V8::all(o.o03);
    const V8 o12 = V8::all(both ? o.o12 : 0), o13 = V8::all(both ? o.o13 : 0);
    unrolled<BLOCKS>([&](std::size_t b) __attribute__((always_inline)) {
      const std::size_t at = 8 * b;
      const V8 m0 = V8::load(move0_in + at), m1 = V8::load(move1_in + at);
      const V8 q0 = fnma(o12, m1, fnma(o02, m0, sum0[b])), q1 = fnma(o13, m1, fnma(o03, m0, sum1[b]));
      q0.store(p0 + at);
      q1.store(p1 + at);
      output = fma(V8::load(second + at), q0, output);
    });
  }

  double *z_, *second_, *p_[3];
  double *done0_, *done1_, *move0_, *move1_;
  std::size_t d_, rows_;
  std::vector<double> memory_;
};

template <bool TABLE, bool PASSENGER> class Run {
 public:
  explicit Run(const FactorSteps& k) : k_(k), factor_(k.factor, k.d), passenger_(k.passenger, k.d) {}

  std::size_t steps() {
    std::size_t t = 0;
    V8 output = factor_.output();
    if (k_.first % 2 != 0) {
      if (!coefficient(0, output)) return 0;
      const double o1 = overlap(0, 1), o2 = overlap(0, 2);
      each([&](Carried& z) { z.take_odd(k_.c[0], o1, o2, x(0)); });
      output = factor_.output();
      t = 1;
    }
    const std::size_t begin = t;
    bool ordinary = true;
    while (t < k_.steps && ordinary) {
      const std::size_t taken = t > begin ? take_pair<true>(t, output) : take_pair<false>(t, output);
      if (taken == 0) break;
      if (taken == 1) return t + 1;
      t += 2;
    }
    if (t > begin) each([&](Carried& z) { z.settle_pair(x(t - 2), x(t - 1)); });
    return t;
  }

 private:
  const double* x(std::size_t t) const { return k_.x[t]; }
  double overlap(std::size_t r, std::size_t s) const {
    if constexpr (TABLE) return k_.overlaps[k_.index[r] * k_.n + k_.index[s]];
    return dot(x(r), x(s), k_.x_blocks);
  }
  template <class Body> void each(Body&& body) {
    body(factor_);
    if constexpr (PASSENGER) body(passenger_);
  }

  // c of step t from its output, or false where the residual is out of bounds.
  bool coefficient(std::size_t t, V8 output) const {
    const double residual = sum(output) - k_.y[t] - k_.noise[t];
    if (!(std::fabs(residual) <= k_.limit)) return false;
    k_.c[t] = k_.step_size * residual;
    return true;
  }

  template <bool PENDING> [[gnu::always_inline]] std::size_t take_pair(std::size_t t, V8& output) {
    if (!coefficient(t, output)) return 0;
    const double o01 = overlap(t, t + 1);
    const Overlaps o{overlap(t, t + 2), overlap(t, t + 3), overlap(t + 1, t + 2), overlap(t + 1, t + 3)};
    const Inputs inputs{PENDING ? x(t - 2) : nullptr, PENDING ? x(t - 1) : nullptr, x(t + 2), x(t + 3)};
    const V8 next = factor_.take_first(k_.c[t], o01);
    const bool both = factor_.sweep<PENDING>(inputs, o, output, [&]() __attribute__((always_inline)) {
      if (t + 1 == k_.steps || !coefficient(t + 1, next)) {
        factor_.bring_second_forward();
        return false;
      }
      factor_.take_second(k_.c[t + 1]);
      return true;
    });
    if constexpr (PASSENGER) {
      V8 unused;
      passenger_.take_first(k_.c[t], o01);
      if (both)
        passenger_.take_second(k_.c[t + 1]);
      else
        passenger_.bring_second_forward();
      passenger_.sweep<PENDING>(inputs, o, unused, [&] { return both; });
    }
    if (!both) {
      each([&](Carried& z) { z.settle_first(x(t)); });
      return 1;
    }
    each([](Carried& z) { z.pair_taken(); });
    return 2;
  }

  const FactorSteps& k_;
  Carried factor_, passenger_;
};

inline std::size_t factor_steps(const FactorSteps& k) {
  if (k.overlaps != nullptr) return k.passenger.blocks > 0 ? Run<true, true>(k).steps() : Run<true, false>(k).steps();
  return k.passenger.blocks > 0 ? Run<false, true>(k).steps() : Run<false, false>(k).steps();
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

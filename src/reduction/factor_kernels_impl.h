// Body of the paired steps; included once per instruction set. factor_kernels.h derives them.
#pragma once

#include <cmath>

#include "escapement/reduction/factor_sweep.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::FactorSteps;

// BLOCKS as in Carried, of both matrices.
template <std::size_t BLOCKS, bool PASSENGER>
class FactorRun {
 public:
  explicit FactorRun(const FactorSteps& steps)
      : k_(steps), factor_(k_.factor, k_.d), passenger_(k_.passenger, k_.d) {}

  std::size_t take_steps() {
    std::size_t t = 0;
    V8 output = factor_.output();
    if (k_.first % 2 != 0) {
      if (!take_odd(output)) return 0;
      output = factor_.output();
      t = 1;
    }
    const std::size_t begin = t;
    while (t < k_.steps) {
      const std::size_t taken = t > begin ? take_pair<true>(t, output) : take_pair<false>(t, output);
      if (taken == 1) return t + 1;
      if (taken == 0) break;
      t += 2;
    }
    if (t > begin) each([&](auto& z) { z.settle_pair(k_.x[t - 2], k_.x[t - 1]); });
    return t;
  }

 private:
  double overlap(std::size_t r, std::size_t s) const {
    if (k_.overlaps != nullptr) return k_.overlaps[k_.index[r] * k_.n + k_.index[s]];
    return dot(k_.x[r], k_.x[s], k_.x_blocks);
  }
  template <class Body>
  void each(Body&& body) {
    body(factor_);
    if constexpr (PASSENGER) body(passenger_);
  }

  // c of step t from the terms of its output, or false where the residual is out of bounds.
  [[gnu::always_inline]] bool coefficient(std::size_t t, V8 output, double& c) const {
    const double residual = sum(output) - k_.y[t] - k_.noise[t];
    if (!(std::fabs(residual) <= k_.limit)) return false;
    k_.c[t] = c = k_.step_size * residual;
    return true;
  }

  bool take_odd(V8 output) {
    double c;
    if (!coefficient(0, output, c)) return false;
    const double o1 = overlap(0, 1), o2 = overlap(0, 2);
    each([&](auto& z) { z.take_odd(c, o1, o2, k_.x[0]); });
    return true;
  }

  // Steps t and t + 1, t + first even; returns how many were taken. UPDATE: the updates of the pair before are pending.
  // If both steps are taken theirs are pending afterwards; if one is, it is settled, and so is the pair before.
  template <bool UPDATE>
  [[gnu::always_inline]] std::size_t take_pair(std::size_t t, V8& output) {
    double c0, c1 = 0;
    if (!coefficient(t, output, c0)) return 0;
    const SweepInputs x{UPDATE ? k_.x[t - 2] : nullptr, UPDATE ? k_.x[t - 1] : nullptr, k_.x[t + 2],
                        k_.x[t + 3]};
    const SweepOverlaps o{overlap(t, t + 2), overlap(t, t + 3), overlap(t + 1, t + 2), overlap(t + 1, t + 3)};
    const double o01 = overlap(t, t + 1);
    bool second = t + 1 < k_.steps;
    const auto early = [&]() __attribute__((always_inline)) {
      const V8 next = factor_.take_first(c0, o01);
      if (second) second = coefficient(t + 1, next, c1);
    };
    const auto late = [&]() __attribute__((always_inline)) {
      second ? factor_.take_second(c1) : factor_.leave_second();
      return second;
    };
    factor_.template sweep<UPDATE>(x, o, output, early, late);
    if constexpr (PASSENGER) {
      V8 unused;
      passenger_.take_first(c0, o01);
      second ? passenger_.take_second(c1) : passenger_.leave_second();
      passenger_.template sweep<UPDATE>(
          x, o, unused, [] {}, [&] { return second; });
    }
    if (!second) {
      each([&](auto& z) { z.settle_first(k_.x[t]); });
      return 1;
    }
    each([](auto& z) { z.end_pair(); });
    return 2;
  }

  const FactorSteps k_;
  Carried<BLOCKS> factor_, passenger_;
};

template <std::size_t BLOCKS>
std::size_t take_factor_steps(const FactorSteps& k) {
  return k.passenger.blocks > 0 ? FactorRun<BLOCKS, true>(k).take_steps()
                                : FactorRun<BLOCKS, false>(k).take_steps();
}

// Up to 23 dimensions, where a sweep is over before the next residual is, the number of rows is known to the compiler.
inline std::size_t factor_steps(const FactorSteps& k) {
  if (k.passenger.blocks == 0 || k.passenger.blocks == k.factor.blocks) {
    if (k.factor.blocks == 1) return take_factor_steps<1>(k);
    if (k.factor.blocks == 2) return take_factor_steps<2>(k);
    if (k.factor.blocks == 3) return take_factor_steps<3>(k);
  }
  return take_factor_steps<0>(k);
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

// Body of the paired steps over lanes; included once per instruction set. factor_kernels.h derives them.
#pragma once

#include "escapement/reduction/lane_sweep.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

using reduction::LaneSteps;

template <class L, std::size_t TILE, bool PASSENGER>
class LaneRun {
 public:
  explicit LaneRun(const LaneSteps& steps)
      : k_(steps),
        stride_((k_.d + 7) / 8 * 8 * L::kWidth),
        factor_(k_.factor, k_.d),
        passenger_(k_.passenger, k_.d) {
    for (std::size_t l = 0; l < L::kWidth; ++l) {
      y_[l] = k_.y[l];
      noise_[l] = k_.noise[l];
    }
    for (std::size_t i = 0; i < reduction::kLaneInputs; ++i) x_[i] = k_.inputs + i * stride_;
  }

  std::size_t take_steps() {
    std::size_t t = 0;
    if (k_.first % 2 != 0) {
      if (!take_odd()) return 0;
      t = 1;
    }
    // x_[0], x_[1]: of the pair done; then of the pair being taken; then of the pair to come.
    load_input(t, x_[2]);
    load_input(t + 1, x_[3]);
    dots<1>({x_[2]}, {x_[3]}, k_.d, &within_);
    L output = factor_.output();
    const std::size_t begin = t;
    while (t < k_.steps) {
      const std::size_t taken = t > begin ? take_pair<true>(t, output) : take_pair<false>(t, output);
      if (taken == 1) return t + 1;
      if (taken == 0) break;
      t += 2;
    }
    if (t > begin) each([&](auto& z) { z.settle_pair(x_[0], x_[1]); });
    return t;
  }

 private:
  void load_input(std::size_t t, double* out) const {
    const double* x[L::kWidth];
    for (std::size_t l = 0; l < L::kWidth; ++l) x[l] = k_.x[l][t];
    for (std::size_t j = 0; j < k_.d; j += 2) {
      L first, second;
      transpose_two(x, j, first, second);
      first.store(out + j * L::kWidth);
      second.store(out + (j + 1) * L::kWidth);
    }
  }
  template <class Body>
  void each(Body&& body) {
    body(factor_);
    if constexpr (PASSENGER) body(passenger_);
  }

  [[gnu::always_inline]] bool coefficient(std::size_t t, L output, L& c) const {
    const L residual = output - L::gather(y_, t) - L::gather(noise_, t);
    if (!all_within(residual, k_.limit)) return false;
    c = L::all(k_.step_size) * residual;
    return true;
  }

  bool take_odd() {
    L c, o[2];
    if (!coefficient(0, factor_.output(), c)) return false;
    for (std::size_t k = 0; k < 3; ++k) load_input(k, x_[k]);
    dots<2>({x_[0], x_[0]}, {x_[1], x_[2]}, k_.d, o);
    each([&](auto& z) { z.take_odd(c, o[0], o[1], x_[0]); });
    return true;
  }

  // Steps t and t + 1, t + first even; returns how many were taken. UPDATE: the updates of the pair before are pending.
  // If both steps are taken theirs are pending afterwards; if one is, it is settled, and so is the pair before.
  template <bool UPDATE>
  [[gnu::always_inline]] std::size_t take_pair(std::size_t t, L& output) {
    L c0, c1 = L::zero();
    if (!coefficient(t, output, c0)) return 0;
    const L o01 = within_;
    load_input(t + 2, x_[4]);
    load_input(t + 3, x_[5]);
    L o[5];  // of the pair being taken with the pair to come, and within that
    dots<5>({x_[2], x_[2], x_[3], x_[3], x_[4]}, {x_[4], x_[5], x_[4], x_[5], x_[5]}, k_.d, o);
    within_ = o[4];
    const L next = factor_.take_first(c0, o01);
    const bool second = t + 1 < k_.steps && coefficient(t + 1, next, c1);
    second ? factor_.take_second(c1) : factor_.leave_second();
    factor_.template sweep<UPDATE>(x_, o, second);
    if constexpr (PASSENGER) {
      passenger_.take_first(c0, o01);
      second ? passenger_.take_second(c1) : passenger_.leave_second();
      passenger_.template sweep<UPDATE>(x_, o, second);
    }
    if (!second) {
      each([&](auto& z) { z.settle_first(x_[2]); });
      return 1;
    }
    each([](auto& z) { z.end_pair(); });
    output = factor_.output();
    for (std::size_t i = 0; i < 2; ++i) {
      double* spare = x_[i];
      x_[i] = x_[i + 2];
      x_[i + 2] = x_[i + 4];
      x_[i + 4] = spare;
    }
    return 2;
  }

  const LaneSteps k_;
  std::size_t stride_;
  LaneMatrix<L, TILE> factor_, passenger_;
  const double *y_[L::kWidth], *noise_[L::kWidth];
  double* x_[reduction::kLaneInputs];
  L within_;  // <x_t, x_(t+1)> of the pair to be taken
};

template <class L, std::size_t TILE>
std::size_t lane_steps(const LaneSteps& k) {
  return k.passenger.rows > 0 ? LaneRun<L, TILE, true>(k).take_steps()
                              : LaneRun<L, TILE, false>(k).take_steps();
}

template <class L, std::size_t TILE>
reduction::LaneMethod lane_method() {
  return {lane_steps<L, TILE>, L::kWidth};
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

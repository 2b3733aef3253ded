// Body of the steps in words along gradients; included once per instruction set.
#pragma once

#include <cmath>

#include "escapement/numeric/words8.h"
#include "escapement/reduction/word_gradient_kernels.h"

namespace escapement::numeric::ESCAPEMENT_ISA {

template <std::size_t W>
class WordGradientRun {
 public:
  explicit WordGradientRun(reduction::WordGradientSteps& steps)
      : k_(steps),
        theta_(k_.scratch),
        error_(theta_ + k_.d * kWords),
        mean_noise_(error_ + k_.d * kWords),
        v_(mean_noise_ + k_.d * kWords),
        q_(v_ + k_.d * kWords) {}

  void take_steps() {
    for (std::size_t t = 0; t < k_.steps; ++t) {
      Words<W> kappa = Words<W>::zero(), squared = kappa, inner = kappa;
      if (k_.covariance != nullptr) average_noise(t);
      set_theta();
      gradient(t, q_);
      if (k_.rho != nullptr) {
        for (std::size_t at = 0; at < k_.d * kWords; ++at) v_[at] = q_[at];
        squared = gradient_squared();
        kappa = product(all(k_.rho), inverse_square_root(squared));
        set_perturbed_theta(kappa);
        gradient(t, q_);
      }
      if (!judge(t, squared, kappa)) return;
      if (k_.rho != nullptr) inner = product(kappa, times(v_, q_));
      for (std::size_t i = 0; i < k_.rows; ++i) step(i, kappa, inner);
    }
    for (reduction::WordLane& lane : k_.lanes)
      if (lane.active && lane.end == WordEnd::none) lane.taken = k_.steps;
  }

 private:
  using WordEnd = reduction::WordEnd;
  static constexpr std::size_t kLane = reduction::kWordLanes, kWords = W * kLane;

  static Words<W> all(const double* words) { return Words<W>::all(words); }
  static Words<W> at(const double* vector, std::size_t j) { return Words<W>::load(vector + j * kWords); }
  double* row(std::size_t i) const { return k_.z + i * (k_.d + 1) * kWords; }

  // <u, v> over d coordinates.
  Words<W> times(const double* u, const double* v) const {
    Words<W> p = Words<W>::zero();
    for (std::size_t j = 0; j < k_.d; ++j) accumulate_product(p, at(u, j), at(v, j));
    normalise(p);
    return p;
  }

  V8 input(std::size_t t, std::size_t b, std::size_t j) const {
    alignas(64) double x[kLane];
    for (std::size_t l = 0; l < kLane; ++l) x[l] = k_.x[(t * k_.batch + b) * kLane + l][j];
    return V8::load(x);
  }
  V8 noise(std::size_t t, std::size_t b) const { return V8::load(k_.noise + (t * k_.batch + b) * kLane); }

  // (1/n) sum_k noise_k x_k.
  void average_noise(std::size_t t) const {
    const Words<W> unit = product(all(k_.share), all(k_.sigma));
    for (std::size_t j = 0; j < k_.d; ++j) {
      Words<W> total = Words<W>::zero();
      for (std::size_t b = 0; b < k_.batch; ++b) {
        const Exactly p = two_prod(noise(t, b), input(t, b, j));
        enter<0>(total, p.value);
        enter<1>(total, p.error);
      }
      normalise(total);
      product(unit, total).store(mean_noise_ + j * kWords);
    }
  }

  void set_theta() const {
    for (std::size_t j = 0; j < k_.d; ++j) {
      Words<W> total = Words<W>::zero();
      for (std::size_t i = 0; i < k_.leading; ++i) accumulate_product(total, at(row(i), k_.d), at(row(i), j));
      normalise(total);
      total.store(theta_ + j * kWords);
    }
  }

  // W~^T a~ with w~ = w + kappa a v, a~ = a + kappa <w, v>.
  void set_perturbed_theta(const Words<W>& kappa) const {
    for (std::size_t j = 0; j < k_.d; ++j) Words<W>::zero().store(theta_ + j * kWords);
    for (std::size_t i = 0; i < k_.leading; ++i) {
      const double* w = row(i);
      const Words<W> shift = product(kappa, at(w, k_.d)), a = sum(at(w, k_.d), product(kappa, times(w, v_)));
      for (std::size_t j = 0; j < k_.d; ++j) {
        Words<W> entry = at(w, j), total = at(theta_, j);
        accumulate_product(entry, shift, at(v_, j));
        normalise(entry);
        accumulate_product(total, a, entry);
        total.store(theta_ + j * kWords);
      }
    }
    for (std::size_t j = 0; j < k_.d; ++j) {
      Words<W> total = at(theta_, j);
      normalise(total);
      total.store(theta_ + j * kWords);
    }
  }

  // The residual-weighted input at theta_.
  void gradient(std::size_t t, double* out) const {
    if (k_.covariance != nullptr) {
      for (std::size_t j = 0; j < k_.d; ++j)
        sum(at(theta_, j), -at(k_.theta_star, j)).store(error_ + j * kWords);
      for (std::size_t j = 0; j < k_.d; ++j)
        sum(times(k_.covariance + j * k_.d * kWords, error_), -at(mean_noise_, j)).store(out + j * kWords);
      return;
    }
    for (std::size_t j = 0; j < k_.d; ++j) Words<W>::zero().store(out + j * kWords);
    for (std::size_t b = 0; b < k_.batch; ++b) {
      alignas(64) double labels[kWords];
      for (std::size_t l = 0; l < kLane; ++l)
        for (std::size_t k = 0; k < W; ++k)
          labels[k * kLane + l] = k_.labels[(t * k_.batch + b) * kLane + l][k];
      Words<W> output = Words<W>::zero(), shift = output;
      for (std::size_t j = 0; j < k_.d; ++j) accumulate_product(output, at(theta_, j), input(t, b, j));
      normalise(output);
      accumulate_product(shift, all(k_.sigma), noise(t, b));
      normalise(shift);
      const Words<W> residual = sum(sum(output, -Words<W>::load(labels)), -shift);
      for (std::size_t j = 0; j < k_.d; ++j) {
        Words<W> total = at(out, j);
        accumulate_product(total, residual, input(t, b, j));
        total.store(out + j * kWords);
      }
    }
    for (std::size_t j = 0; j < k_.d; ++j) {
      Words<W> total = at(out, j);
      normalise(total);
      (k_.batch > 1 ? product(all(k_.share), total) : total).store(out + j * kWords);
    }
  }

  // |a|^2 |v|^2 + |W v|^2.
  Words<W> gradient_squared() const {
    Words<W> second = Words<W>::zero(), moved = second;
    for (std::size_t i = 0; i < k_.leading; ++i) {
      const Words<W> a = at(row(i), k_.d), p = times(row(i), v_);
      accumulate_product(second, a, a);
      accumulate_product(moved, p, p);
    }
    normalise(second);
    normalise(moved);
    return sum(product(second, times(v_, v_)), moved);
  }

  // W_i -= eta a~_i q, a_i -= eta <w~_i, q>; `inner` = kappa <v, q>.
  void step(std::size_t i, const Words<W>& kappa, const Words<W>& inner) const {
    double* w = row(i);
    const Words<W> a = at(w, k_.d), minus_eta = -all(k_.step_size);
    Words<W> p = times(w, q_), moved = a;
    if (k_.rho != nullptr) {
      moved = sum(a, product(kappa, times(w, v_)));
      p = sum(p, product(inner, a));
    }
    const Words<W> move = product(minus_eta, moved);
    sum(a, product(minus_eta, p)).store(w + k_.d * kWords);
    for (std::size_t j = 0; j < k_.d; ++j, w += kWords) {
      Words<W> entry = Words<W>::load(w);
      accumulate_product(entry, move, at(q_, j));
      normalise(entry);
      entry.store(w);
    }
  }

  // Whether any lane goes on. A lane that does not keeps its state: its directions become zero.
  bool judge(std::size_t t, const Words<W>& squared, Words<W>& kappa) const {
    alignas(64) double sizes[kWords], squares[kWords], kappas[kWords], norms[3 * kLane];
    times(q_, q_).store(sizes);
    squared.store(squares);
    kappa.store(kappas);
    measure(norms);
    bool any = false;
    for (std::size_t l = 0; l < kLane; ++l) {
      reduction::WordLane& lane = k_.lanes[l];
      if (lane.active && lane.end == WordEnd::none) {
        const bool sharp = k_.rho == nullptr || (squares[l] >= reduction::kLeastGradientSquare &&
                                                 std::fabs(kappas[l]) <= reduction::kGreatestKappa);
        if (!in_range(l, norms + l) || !sharp || !std::isfinite(sizes[l]))
          lane.end = WordEnd::out_of_range;
        else if (sizes[l] > reduction::kGreatestResidual)
          lane.end = WordEnd::too_large;
        any = any || lane.end == WordEnd::none;
        if (lane.end == WordEnd::none) continue;
        lane.taken = t;
        for (std::size_t k = 0; k < W; ++k) lane.value[k] = sizes[k * kLane + l];
      }
      for (std::size_t k = 0; k < W; ++k) kappas[k * kLane + l] = 0;
      for (std::size_t k = 0; k < k_.d * W; ++k) q_[k * kLane + l] = v_[k * kLane + l] = 0;
    }
    kappa = Words<W>::load(kappas);
    return any;
  }

  // Squares of leading words: those of W and of a in the leading rows, and all together.
  void measure(double* norms) const {
    V8 first = V8::zero(), second = first, every = first;
    for (std::size_t i = 0; i < k_.rows; ++i)
      for (std::size_t j = 0; j <= k_.d; ++j) {
        const V8 w = V8::load(row(i) + j * kWords);
        every = fma(w, w, every);
        if (i >= k_.leading) continue;
        V8& layer = j < k_.d ? first : second;
        layer = fma(w, w, layer);
      }
    first.store(norms);
    second.store(norms + kLane);
    every.store(norms + 2 * kLane);
  }

  // As in word_kernels.h: the layers' norms, or exact zeros; nothing beyond.
  bool in_range(std::size_t l, const double* norms) const {
    constexpr double kLeast = reduction::kLeastWordNorm * reduction::kLeastWordNorm;
    constexpr double kGreatest = reduction::kGreatestWordNorm * reduction::kGreatestWordNorm;
    return norms[2 * kLane] <= kGreatest && (norms[0] >= kLeast || is_zero(l, 0, k_.d)) &&
           (norms[kLane] >= kLeast || is_zero(l, k_.d, k_.d + 1));
  }
  bool is_zero(std::size_t l, std::size_t from, std::size_t to) const {
    for (std::size_t i = 0; i < k_.leading; ++i)
      for (std::size_t word = from * W; word < to * W; ++word)
        if (row(i)[word * kLane + l] != 0) return false;
    return true;
  }

  reduction::WordGradientSteps& k_;
  double *theta_, *error_, *mean_noise_, *v_, *q_;
};

template <std::size_t W>
void word_gradient_steps(reduction::WordGradientSteps& k) {
  WordGradientRun<W>(k).take_steps();
}

inline reduction::WordGradientKernel word_gradient_kernel_of(std::size_t words) {
  return words == 2 ? word_gradient_steps<2> : word_gradient_steps<4>;
}

}  // namespace escapement::numeric::ESCAPEMENT_ISA

// Two theorems whose planted faults are harder to see: one holds with near equality on a thin set of neurons only, the other is about an
// expectation, by enumeration.
#pragma once

#include "hunting/claims.h"

namespace escapement::hunting {

// Rows of Hadamard's matrix: C = I and |x_k|^2 = d, where n is the least power of two >= d.
inline void hadamard_data(Case& c) {
  std::size_t n = 1;
  while (n < c.d()) n *= 2;
  c.inputs.assign(n, std::vector<Exact>(c.d()));
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t j = 0; j < c.d(); ++j) c.inputs[k][j] = __builtin_popcountll(k & j) % 2 == 0 ? 1 : -1;
  c.input_copies.clear();
}

// Lemma 4.3's clause 1a by a reversed Markov inequality. Where C = I and |x_k|^2 = d, the mean of <x, w>^2 is |w|^2 and none is above
// d |w|^2; so P(<x, w>^2 >= d a^2) >= B = (|w|^2 - d a^2)/(d (|w|^2 - a^2)) where |w|^2 > d a^2, and P(DeltaW > 0) <= 1 - B. Near
// equality: w nearly along one input, a small. The data have to be hadamard_data.
struct Share {
  Knobs k;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    const Walk<T> walk(c);
    const T zero = numeric::from_int<T>(0), one = numeric::from_int<T>(1);
    const T dimension = numeric::from_int<T>(static_cast<long>(c.d()));
    const T weight = one / numeric::from_int<T>(static_cast<long>(2 * c.inputs.size()));
    std::vector<Sides<T>> result;
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
      const std::vector<T>& z = walk.rows()[i];
      const T w = dot(z, z, c.d()), a = z[c.d()] * z[c.d()];
      if (numeric::is_less(T(dimension * a), w) != numeric::Truth::yes) continue;
      T share = zero;
      bool decided = true;
      for (std::size_t s = 0; s < c.inputs.size(); ++s)
        for (const int sign : {-1, 1}) {
          const numeric::Truth positive = numeric::is_less(zero, walk.delta(i, s, sign));
          if (positive == numeric::Truth::yes) share += weight;
          decided = decided && positive != numeric::Truth::unknown;
        }
      if (!decided) continue;
      const T least = (w - dimension * a) / (dimension * (w - a));
      result.push_back(bound<T>(share, T(one - knob(walk, k) * least), k));
    }
    return result;
  }
};

// Lemma 4.4's second moment, d = 1 (docs/derivations/oscillation-moments.md): k neurons that are active with fresh signs e_i,
//   w_i <- w_i - eta alpha e_i l (theta - theta*), theta = alpha sum e_i w_i, alpha^2 = sqrt(eta), l = C;
// each step V = E sum w_i^2 becomes V (1 - 2 eta alpha^2 l + k eta^2 alpha^4 l^2) + k eta^2 alpha^2 l^2 theta*^2. Left: every one of the
// 2^(k steps) sign sequences.
struct Moments {
  Knobs k;
  bool few = false;  // k - 1 for k
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    const T eta = numeric::from_exact<T>(c.eta), star = numeric::from_exact<T>(c.theta_star[0]);
    const T square = numeric::square_root(eta), alpha = numeric::square_root(square);
    T curvature = numeric::from_int<T>(0);
    for (const auto& x : c.inputs)
      curvature += numeric::from_exact<T>(Exact(x[0] * x[0] / Exact(c.inputs.size())));
    std::vector<T> start;
    for (const auto& row : c.rows) start.push_back(numeric::from_exact<T>(row[0]));
    T sum = numeric::from_int<T>(0);
    for (const T& w : start) sum += w * w;
    const T before = sum;  // what is subtracted has this size
    const T exact = mean(start, c.steps, alpha, T(eta * curvature), star);
    const T count = numeric::from_int<T>(static_cast<long>(start.size()) - (few ? 1 : 0));
    const T two = numeric::from_int<T>(2), one = numeric::from_int<T>(1), el = eta * curvature;
    T source = numeric::from_exact<T>(k.factor) * count * el * el * square * star * star;
    for (int i = 0; i < k.eta_power; ++i) source *= eta;
    if (k.dropped) source = numeric::from_int<T>(0);
    for (std::uint64_t t = k.late ? 1 : 0; t < c.steps; ++t)
      sum = sum * (one - two * el * square + count * el * el * square * square) + source;
    return {hunt::zero<T>(exact - sum, exact + numeric::absolute(sum) + before)};
  }

 private:
  // E sum w_i^2 after so many active steps: the mean over all signs of each.
  template <class T>
  static T mean(const std::vector<T>& w, std::uint64_t steps, const T& alpha, const T& eta_l, const T& star) {
    T total = numeric::from_int<T>(0);
    if (steps == 0) {
      for (const T& x : w) total += x * x;
      return total;
    }
    const unsigned all = 1U << w.size();
    const auto signed_alpha = [&](unsigned signs, std::size_t i) {
      return (signs >> i) % 2 == 0 ? alpha : T(-alpha);
    };
    for (unsigned signs = 0; signs < all; ++signs) {
      T theta = numeric::from_int<T>(0);
      for (std::size_t i = 0; i < w.size(); ++i) theta += signed_alpha(signs, i) * w[i];
      std::vector<T> next = w;
      for (std::size_t i = 0; i < w.size(); ++i) next[i] -= eta_l * signed_alpha(signs, i) * (theta - star);
      total += mean(next, steps - 1, alpha, eta_l, star);
    }
    return total / numeric::from_int<T>(static_cast<long>(all));
  }
};

}  // namespace escapement::hunting

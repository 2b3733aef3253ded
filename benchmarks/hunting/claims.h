// The theorems, each with knobs for what a planted fault changes in its formula.
#pragma once

#include "escapement/hunt/target.h"

namespace escapement::hunting {

using hunt::Case;
using hunt::dot;
using hunt::Matrix;
using hunt::Sides;
using hunt::Target;
using hunt::Walk;
using numeric::Exact;

// What a planted fault changes in a theorem's formula.
struct Knobs {
  Exact factor = 1;      // of the bound, or of the identity's sum
  int eta_power = 0;     // extra powers of the step size there
  bool flipped = false;  // <= becomes >=
  bool late = false;     // one term of the sum, or one time, too few or too late
  bool dropped = false;  // a hypothesis, or a factor of the bound, is left out
};

template <class T>
T knob(const Walk<T>& walk, const Knobs& k) {
  T value = numeric::from_exact<T>(k.factor);
  for (int i = 0; i < k.eta_power; ++i) value *= walk.eta();
  return value;
}

// What rounding may do to a sum of terms of this size; exactly 0 in an enclosure.
template <class T>
T rounding_of(const T& size) {
  return hunt::zero<T>(size, size).right;
}

template <class T>
Sides<T> bound(const T& left, const T& right, const Knobs& k) {
  // Both sides may be equal in exact arithmetic: what rounding leaves is no violation in floating point.
  Sides<T> s = k.flipped ? hunt::at_most<T>(right, left) : hunt::at_most<T>(left, right);
  s.right += rounding_of(s.scale);
  return s;
}

struct NormIdentity {
  Knobs k;
  bool without_start = false;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    const Matrix<T> start = walk.rows();
    const std::size_t d = c.d();
    std::vector<T> sum(start.size(), numeric::from_int<T>(0)), size = sum;
    for (std::uint64_t t = 0; t < c.steps; ++t) {
      for (std::size_t i = 0; i < start.size(); ++i) {
        const T delta = walk.delta(i, c.samples[t], c.noise[t]);
        size[i] += numeric::absolute(delta);
        if (!k.late || t + 1 < c.steps) sum[i] += delta;
      }
      walk.step();
    }
    std::vector<Sides<T>> result;
    for (std::size_t i = 0; i < start.size(); ++i) {
      const T weight = knob(walk, k) * walk.eta() * walk.eta();
      const T change = dot(walk.rows()[i], walk.rows()[i], d) - dot(start[i], start[i], d);
      const T a0 = without_start ? numeric::from_int<T>(0) : start[i][d] * start[i][d];
      const T a1 = walk.rows()[i][d] * walk.rows()[i][d];
      const T scale = dot(walk.rows()[i], walk.rows()[i], d) + dot(start[i], start[i], d) +
                      walk.eta() * walk.eta() * size[i] + a0 + a1;
      result.push_back(hunt::zero<T>(change - weight * sum[i] + a0 - a1, scale));
    }
    return result;
  }
};

struct OscillationIdentity {
  Knobs k;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    std::vector<Sides<T>> result;
    for (std::uint64_t t = 0; t < c.steps; ++t) {
      const Matrix<T> before = walk.rows();
      T g = walk.residual(c.samples[t], c.noise[t]);
      walk.step();
      if (k.late) g = walk.residual(c.samples[t], c.noise[t]);
      for (std::size_t i = 0; i < before.size(); ++i) {
        const T p = dot(before[i], walk.inputs()[c.samples[t]], c.d());
        const T a = before[i][c.d()], moved = walk.rows()[i][c.d()] - a;
        const T left = knob(walk, k) * walk.eta() * walk.eta() * g * g * p * p, right = moved * moved;
        result.push_back(hunt::zero<T>(left - right, left + right + a * a));
      }
    }
    return result;
  }
};

// |w_i(T) - w_i(0)| <= eta sum_{j<T} |g_j| |a_i(j)| |x_j|: what lets a neuron leave the lazy ball.
struct Displacement {
  Knobs k;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    const Matrix<T> start = walk.rows();
    const std::size_t d = c.d();
    std::vector<T> sum(start.size(), numeric::from_int<T>(0));
    for (std::uint64_t t = 0; t < c.steps; ++t) {
      const T g = walk.residual(c.samples[t], c.noise[t]);
      const std::vector<T>& x = walk.inputs()[c.samples[t]];
      const T length = k.dropped ? numeric::from_int<T>(1) : numeric::square_root(dot(x, x, d));
      for (std::size_t i = 0; i < start.size(); ++i)
        if (!k.late || t > 0) sum[i] += numeric::absolute(T(g * walk.rows()[i][d])) * length;
      walk.step();
    }
    std::vector<Sides<T>> result;
    for (std::size_t i = 0; i < start.size(); ++i) {
      T squared = numeric::from_int<T>(0);
      for (std::size_t j = 0; j < d; ++j) {
        const T moved = walk.rows()[i][j] - start[i][j];
        squared += moved * moved;
      }
      Sides<T> s = bound<T>(numeric::square_root(squared), knob(walk, k) * walk.eta() * sum[i], k);
      s.right += rounding_of(numeric::square_root(dot(start[i], start[i], d)));  // of what is subtracted
      result.push_back(std::move(s));
    }
    return result;
  }
};

// -g^2 |x|^2 (|w_i|^2 - a_i^2) <= DeltaW_i <= g^2 |x|^2 a_i^2.
struct Imbalance {
  Knobs k;
  bool upper;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    const T g = walk.residual(c.samples[0], c.noise[0]);
    const std::vector<T>& x = walk.inputs()[c.samples[0]];
    const T square = k.dropped ? numeric::from_int<T>(1) : dot(x, x, c.d());
    std::vector<Sides<T>> result;
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
      const std::vector<T>& z = walk.rows()[i];
      const T a = z[c.d()] * z[c.d()], delta = walk.delta(i, c.samples[0], c.noise[0]);
      const T least = dot(z, z, c.d()), inner = dot(x, z, c.d());
      if (upper)
        result.push_back(bound<T>(delta, knob(walk, k) * g * g * square * a, k));
      else  // g^2 <x, w>^2 <= g^2 |x|^2 |w|^2
        result.push_back(bound<T>(g * g * inner * inner, knob(walk, k) * g * g * square * least, k));
    }
    return result;
  }
};

// DeltaW_i <= 0 where |<x, w_i>| >= |a_i| |x|.
struct Sign {
  Knobs k;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    const std::vector<T>& x = walk.inputs()[c.samples[0]];
    std::vector<Sides<T>> result;
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
      const std::vector<T>& z = walk.rows()[i];
      const T p = dot(x, z, c.d()), a = z[c.d()];
      const numeric::Truth met = numeric::is_less(T(p * p), T(knob(walk, k) * a * a * dot(x, x, c.d())));
      if (!k.dropped && met != numeric::Truth::no) continue;
      const T delta = walk.delta(i, c.samples[0], c.noise[0]);
      result.push_back(bound<T>(delta, numeric::from_int<T>(0), k));
    }
    return result;
  }
};

// | change of |w_i|^2 - a_i^2 | <= eta^2 sum_{j<T} |q_j|^2 (|w_i(j)|^2 + a_i(j)^2) under gradient descent.
struct Balanced {
  Knobs k;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    const std::size_t d = c.d();
    const auto balance = [&](const std::vector<T>& z) { return dot(z, z, d) - z[d] * z[d]; };
    const Matrix<T> start = walk.rows();
    std::vector<T> sum(start.size(), numeric::from_int<T>(0));
    for (std::uint64_t t = 0; t < c.steps; ++t) {
      std::vector<T> q(d, numeric::from_int<T>(0));
      for (std::size_t s = 0; s < c.inputs.size(); ++s)
        for (std::size_t j = 0; j < d; ++j)
          q[j] += walk.residual(s, 0) * walk.inputs()[s][j] /
                  numeric::from_int<T>(static_cast<long>(c.inputs.size()));
      for (std::size_t i = 0; i < start.size(); ++i)
        if (!k.late || t > 0) sum[i] += dot(q, q, d) * dot(walk.rows()[i], walk.rows()[i], d + 1);
      walk.step();
    }
    std::vector<Sides<T>> result;
    for (std::size_t i = 0; i < start.size(); ++i) {
      const T change = numeric::absolute(T(balance(walk.rows()[i]) - balance(start[i])));
      Sides<T> s = bound<T>(change, knob(walk, k) * walk.eta() * walk.eta() * sum[i], k);
      s.right += rounding_of(dot(start[i], start[i], d + 1));  // of what is subtracted
      result.push_back(std::move(s));
    }
    return result;
  }
};

// |W^T a| <= |W|_F |a|.
struct Predictor {
  Knobs k;
  template <class T>
  std::vector<Sides<T>> operator()(T, const Case& c) const {
    Walk<T> walk(c);
    for (std::uint64_t t = 0; t < c.steps; ++t) walk.step();
    T first = numeric::from_int<T>(0), second = first;
    for (const std::vector<T>& z : walk.rows()) {
      first += dot(z, z, c.d());
      second += z[c.d()] * z[c.d()];
    }
    if (k.dropped) second = numeric::from_int<T>(1);
    const T left = numeric::square_root(dot(walk.theta(), walk.theta(), c.d()));
    return {bound<T>(left, knob(walk, k) * numeric::square_root(T(first * second)), k)};
  }
};

}  // namespace escapement::hunting

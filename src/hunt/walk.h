// The dynamics of a small case, written as the paper writes it: neuron by neuron, in any scalar, equal neurons and equal
// samples counted once with a weight. Nothing is shared with the engine's update rules, so that each checks the other
// (engine_opinion.h); for Ball the start may be a box.
#pragma once

#include <vector>

#include "escapement/hunt/case.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::hunt {

template <class T>
using Matrix = std::vector<std::vector<T>>;

template <class T>
T dot(const std::vector<T>& a, const std::vector<T>& b, std::size_t length);

template <class T>
class Walk {
 public:
  // Label-noise SGD (one sample a step) or gradient descent on the whole sample, as the case says. Keeps a reference.
  explicit Walk(const Case& c);
  Walk(Case&&) = delete;

  void step();  // at the end of the given driving sequence: a bug
  std::uint64_t taken() const { return taken_; }

  const Matrix<T>& rows() const { return z_; }  // [m x (d+1)], (w_i, a_i)
  const Matrix<T>& inputs() const { return x_; }
  const std::vector<T>& theta() const { return theta_; }  // W^T a
  const std::vector<T>& theta_star() const { return theta_star_; }
  const T& eta() const { return eta_; }
  T residual(std::size_t sample, int sign) const;  // <theta, x_k> - y_k - sign sigma
  // DeltaW_i = -g^2 (<x, w_i>^2 - a_i^2 |x|^2) for the sample and the sign of its noise.
  T delta(std::size_t neuron, std::size_t sample, int sign) const;
  bool finite() const;  // no number has overflowed, no enclosure is the whole line

 private:
  void refresh();

  const Case& case_;
  std::size_t d_;
  T eta_, sigma_;
  std::vector<T> theta_star_, theta_, weight_, share_;  // neurons' copies; samples' copies over n
  Matrix<T> x_, z_;
  std::uint64_t taken_ = 0;
};

}  // namespace escapement::hunt

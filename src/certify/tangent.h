// The product J of the Jacobians of single-sample steps, acting on errors of the shadow's rows, in doubles with its own
// error bounded. Such products grow far less than the products of the steps' norms.
#pragma once

#include <vector>

#include "escapement/certify/bound.h"

namespace escapement::certify {

// One single-sample step as the Jacobian sees it, in doubles: E -> E - c E B(x) - rate <E, G> G, G = [a x^T | p].
struct TangentStep {
  std::vector<double> x, a, p;  // [d], [k], [k]
  double c = 0, rate = 0;
};

class Tangent {
 public:
  // J = I on matrices of [rows x (d+1)].
  Tangent(std::size_t rows, std::size_t d);

  // J <- D J. Returns a bound of |J - the exact product|_F caused by rounding, where each number of the step is within
  // 2^-50 of the exact one, relatively.
  Bound apply(const TangentStep& step);
  Bound frobenius() const;  // |J|_F >= |J|_2
  Bound spectral() const;   // a bound of |J|_2 within a few per cent; O(N^3), N = rows (d+1)
  void reset();

  std::vector<double>& entries() { return j_; }  // [N x N], the image of the i-th unit matrix in row i
  const std::vector<double>& entries() const { return j_; }

 private:
  std::size_t rows_, d_, n_;
  std::vector<double> j_;
};

}  // namespace escapement::certify

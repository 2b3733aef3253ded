// Rows Z~ = [W | a] on a grid of fixed point: a in multiples of 2^-bits, W in multiples of 2^-(bits + input_bits), inputs
// in multiples of 2^-input_bits. A single-sample step is then exact but for 2^-bits in each entry of c a and of c W x:
// its error is known without analysis, whatever the size of the numbers.
#pragma once

#include <vector>

#include "escapement/certify/tangent.h"
#include "escapement/numeric/packed.h"

namespace escapement::certify {

using numeric::BigInt;

// An input on the grid: x = x~ + (an error of at most `error` in the Euclidean norm).
struct GridInput {
  std::vector<BigInt> x;  // [d]
  Bound norm, error;      // of |x~|, of |x - x~|
  void set(const numeric::Vector<numeric::Ball>& from, long input_bits);
};

class GridRows {
 public:
  GridRows(std::size_t rows, std::size_t d, long bits, long input_bits);
  std::size_t rows() const { return rows_; }
  std::size_t d() const { return d_; }
  long bits() const { return bits_; }
  long input_bits() const { return input_bits_; }

  // Takes the midpoints, rounded to the grid; returns a bound of the Frobenius distance to any point of `z`.
  Bound set(const numeric::Rows<numeric::Ball>& z);
  // As exact balls. [rows x (d+1)]
  void get(numeric::Rows<numeric::Ball>& out) const;

  // p = W x~, exact and kept; then <a, p>, exact, as a ball.
  void multiply(const GridInput& x);
  numeric::Ball output() const;
  // |Z~ B(x~)|_F = sqrt(|a|^2 |x~|^2 + |p|^2).
  Bound direction(const GridInput& x) const;
  // c on the grid, in multiples of 2^-bits, rounded down.
  BigInt coefficient(const numeric::Ball& c) const;
  // W -= c a x~^T, a -= c p; returns a bound of the Frobenius distance to the exact result.
  Bound step(const GridInput& x, const BigInt& c);

  // The step as its Jacobian sees it, in doubles; `step.rate` is left alone.
  void describe(const GridInput& x, const BigInt& c, TangentStep& step) const;

  Bound norm() const;                                      // |Z~|_F
  Bound second_norm() const;                               // |a|
  Bound column_norm(std::size_t j) const;                  // of W
  numeric::Ball product_with_second(std::size_t j) const;  // (W^T a)_j, exact

 private:
  BigInt& w(std::size_t i, std::size_t j) { return w_[i * d_ + j]; }
  const BigInt& w(std::size_t i, std::size_t j) const { return w_[i * d_ + j]; }

  std::size_t rows_, d_;
  long bits_, input_bits_;
  std::vector<BigInt> w_, a_, p_;  // [rows x d], [rows], [rows] (in multiples of 2^-(bits + 2 input_bits))
  BigInt scratch_;
};

}  // namespace escapement::certify

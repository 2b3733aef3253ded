// The three shapes the dynamics needs: a vector, a symmetric matrix, and rows acted on from the right.
#pragma once

#include <cstddef>

#include "escapement/numeric/storage.h"

namespace escapement::numeric {

// [n]; doubles carry zeros up to a multiple of eight, which kernels may read and must keep zero.
template <class T>
class Vector {
 public:
  explicit Vector(std::size_t n = 0) : storage_(n) {}
  std::size_t size() const { return storage_.size(); }
  T get(std::size_t i) const { return storage_.get(i); }
  void set(std::size_t i, const T& value) { storage_.set(i, value); }
  auto data() { return storage_.data(); }
  auto data() const { return storage_.data(); }

 private:
  Storage<T> storage_;
};

// Symmetric [d x d]. Doubles keep both triangles (rows padded to eight); Mp and Ball keep the lower one.
template <class T>
class Symmetric {
 public:
  explicit Symmetric(std::size_t d = 0);
  std::size_t dim() const { return d_; }
  std::size_t stride() const { return stride_; }
  T get(std::size_t i, std::size_t j) const;
  void set(std::size_t i, std::size_t j, const T& value);  // sets (j, i) too
  auto data() { return storage_.data(); }
  auto data() const { return storage_.data(); }

 private:
  std::size_t d_ = 0, stride_ = 0;
  Storage<T> storage_;
};

// Rows z_i = (w_i, a_i): [k x (d+1)], the last column is the second layer. The layout is the kernels' business:
// columns of doubles (padded to eight rows of zeros), rows of Mp and Ball.
template <class T>
class Rows {
 public:
  Rows() : Rows(0, 0) {}
  Rows(std::size_t rows, std::size_t d);
  static Rows identity(std::size_t d);  // [(d+1) x (d+1)]
  std::size_t rows() const { return rows_; }
  std::size_t d() const { return d_; }
  std::size_t stride() const { return stride_; }  // between columns (double) or rows (Mp, Ball)
  T get(std::size_t i, std::size_t j) const { return storage_.get(index(i, j)); }
  void set(std::size_t i, std::size_t j, const T& value) { storage_.set(index(i, j), value); }
  auto data() { return storage_.data(); }
  auto data() const { return storage_.data(); }

 private:
  std::size_t index(std::size_t i, std::size_t j) const;
  std::size_t rows_, d_, stride_;
  Storage<T> storage_;
};

// Kernels. Mp: every operation rounds to the working precision; inner products are Arb's approximate ones, whose error
// is below 2 (len + 1) 2^-bits times the largest term (or start). Ball: rigorous. Double: fused multiply-adds in a fixed
// order (eight lanes, then a fixed tree), the same bits on every processor.
template <class T>
bool identical(const Vector<T>& x, const Vector<T>& y);  // the same numbers, radii included
template <class T>
T dot(const Vector<T>& x, const Vector<T>& y);
template <class T>
void add_scaled(Vector<T>& y, const T& c, const Vector<T>& x);  // y += c x
template <class T>
void scale(Vector<T>& y, const T& c);  // y *= c

template <class T>
void multiply(const Symmetric<T>& a, const Vector<T>& x, Vector<T>& out);  // out = A x
template <class T>
void add_rank_two(Symmetric<T>& a, const Vector<T>& x, const Vector<T>& h);  // A += x h^T + h x^T
template <class T>
T trace(const Symmetric<T>& a);

template <class T>
void first_layer_times(const Rows<T>& z, const Vector<T>& q, Vector<T>& out);  // W q [k]
template <class T>
void transposed_times_second(const Rows<T>& z, Vector<T>& out);  // W^T a [d]
template <class T>
void subtract_outer(Rows<T>& z, const Vector<T>& column, const Vector<T>& q);  // W -= column q^T
template <class T>
void first_layer_distances(const Rows<T>& z, const Rows<T>& z0, Vector<T>& out);  // |w_i - w0_i|^2
template <class T>
void get_second(const Rows<T>& z, Vector<T>& a);  // a [k]
template <class T>
void set_second(Rows<T>& z, const Vector<T>& a);
template <class T>
void add_gram(const Rows<T>& z, Symmetric<T>& gram);  // gram [(d+1)^2] += Z^T Z
template <class T>
void lift(const Rows<T>& z0, const Rows<T>& p, Rows<T>& out);  // out = Z0 P, P [(d+1) x (d+1)]

}  // namespace escapement::numeric

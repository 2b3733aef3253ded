// Dense matrices of run-time size in double or Mp, as the flows need them: plain loops, row by row.
#pragma once

#include <optional>
#include <vector>

#include "escapement/numeric/packed.h"

namespace escapement::reduction {

// [rows x columns]
template <class T>
struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<T> entries;

  Matrix() = default;
  Matrix(std::size_t r, std::size_t c);  // zero
  T& operator()(std::size_t i, std::size_t j) { return entries[i * columns + j]; }
  const T& operator()(std::size_t i, std::size_t j) const { return entries[i * columns + j]; }
};

template <class T>
Matrix<T> from_rows(const numeric::Rows<T>& rows);  // [k x (d+1)]
template <class T>
numeric::Rows<T> to_rows(const Matrix<T>& matrix);

template <class T>
void add_product(Matrix<T>& c, const Matrix<T>& a, const Matrix<T>& b);  // C += A B
template <class T>
Matrix<T> gram(const Matrix<T>& a);  // A^T A
// A's lower Cholesky factor [GolubVanLoan2013, 4.2]; none where A is not positive definite at the working precision.
template <class T>
std::optional<Matrix<T>> cholesky_factor(const Matrix<T>& a);
// Solves L L^T x = b in place.
template <class T>
void solve_with(const Matrix<T>& lower, std::vector<T>& b);
template <class T>
T norm(const std::vector<T>& v);

}  // namespace escapement::reduction

#include "escapement/reduction/matrix.h"

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::reduction {

using numeric::from_int;
using numeric::Truth;

template <class T>
Matrix<T>::Matrix(std::size_t r, std::size_t c) : rows(r), columns(c), entries(r * c, from_int<T>(0)) {}

template <class T>
Matrix<T> from_rows(const numeric::Rows<T>& rows) {
  Matrix<T> matrix(rows.rows(), rows.d() + 1);
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.columns; ++j) matrix(i, j) = rows.get(i, j);
  return matrix;
}

template <class T>
numeric::Rows<T> to_rows(const Matrix<T>& matrix) {
  numeric::Rows<T> rows(matrix.rows, matrix.columns - 1);
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.columns; ++j) rows.set(i, j, matrix(i, j));
  return rows;
}

template <class T>
void add_product(Matrix<T>& c, const Matrix<T>& a, const Matrix<T>& b) {
  ESCAPEMENT_CHECK(a.columns == b.rows && c.rows == a.rows && c.columns == b.columns);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.columns; ++k) {
      const T& factor = a(i, k);
      for (std::size_t j = 0; j < b.columns; ++j) c(i, j) += factor * b(k, j);
    }
}

template <class T>
Matrix<T> gram(const Matrix<T>& a) {
  Matrix<T> s(a.columns, a.columns);
  for (std::size_t k = 0; k < a.rows; ++k)
    for (std::size_t i = 0; i < a.columns; ++i)
      for (std::size_t j = 0; j <= i; ++j) s(i, j) += a(k, i) * a(k, j);
  for (std::size_t i = 0; i < a.columns; ++i)
    for (std::size_t j = 0; j < i; ++j) s(j, i) = s(i, j);
  return s;
}

template <class T>
std::optional<Matrix<T>> cholesky_factor(const Matrix<T>& a) {
  // A pivot that has lost all but ten bits is noise.
  T floor = from_int<T>(1024);
  for (long bit = 0; bit < numeric::working_bits(); ++bit) floor = floor / from_int<T>(2);
  Matrix<T> l(a.rows, a.rows);
  for (std::size_t j = 0; j < a.rows; ++j) {
    T pivot = a(j, j);
    for (std::size_t k = 0; k < j; ++k) pivot -= l(j, k) * l(j, k);
    if (numeric::is_less(T(floor * a(j, j)), pivot) != Truth::yes) return std::nullopt;
    l(j, j) = numeric::square_root(pivot);
    for (std::size_t i = j + 1; i < a.rows; ++i) {
      T sum = a(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= l(i, k) * l(j, k);
      l(i, j) = sum / l(j, j);
    }
  }
  return l;
}

template <class T>
void solve_with(const Matrix<T>& lower, std::vector<T>& b) {
  for (std::size_t i = 0; i < b.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= lower(i, k) * b[k];
    b[i] = b[i] / lower(i, i);
  }
  for (std::size_t i = b.size(); i-- > 0;) {
    for (std::size_t k = i + 1; k < b.size(); ++k) b[i] -= lower(k, i) * b[k];
    b[i] = b[i] / lower(i, i);
  }
}

template <class T>
T norm(const std::vector<T>& v) {
  T sum = from_int<T>(0);
  for (const T& x : v) sum += x * x;
  return numeric::square_root(sum);
}

#define ESCAPEMENT_INSTANTIATE(T)                                            \
  template struct Matrix<T>;                                                 \
  template Matrix<T> from_rows(const numeric::Rows<T>&);                     \
  template numeric::Rows<T> to_rows(const Matrix<T>&);                       \
  template void add_product(Matrix<T>&, const Matrix<T>&, const Matrix<T>&); \
  template Matrix<T> gram(const Matrix<T>&);                                 \
  template std::optional<Matrix<T>> cholesky_factor(const Matrix<T>&);       \
  template void solve_with(const Matrix<T>&, std::vector<T>&);               \
  template T norm(const std::vector<T>&);
ESCAPEMENT_INSTANTIATE(double)
ESCAPEMENT_INSTANTIATE(numeric::Mp)

}  // namespace escapement::reduction

#include "escapement/reduction/flow_blocks.h"

#include "escapement/numeric/scalar_ops.h"

namespace escapement::reduction {

using numeric::Exact;
using numeric::from_int;
using numeric::Truth;

template <class T>
bool less(const T& a, const T& b) {
  return numeric::is_less(a, b) == Truth::yes;
}

Exact power_of_two(long exponent) {
  Exact value = 1;
  for (long bit = 0; bit < exponent; ++bit) value *= 2;
  for (long bit = 0; bit > exponent; --bit) value /= 2;
  return value;
}

template <class T>
T largest(const Matrix<T>& a) {
  T most = from_int<T>(0);
  for (const T& x : a.entries) most = numeric::maximum(most, numeric::absolute(x));
  return most;
}

template <class T>
FlowBlocks<T>::FlowBlocks(const Matrix<T>& rows)
    : gram(reduction::gram(rows)), kernel(rows.columns - 1, rows.columns - 1) {
  const std::size_t d = kernel.rows;
  second = gram(d, d);
  first = from_int<T>(0);
  for (std::size_t i = 0; i < d; ++i) {
    theta.push_back(gram(i, d));
    first += gram(i, i);
    for (std::size_t j = 0; j < d; ++j) kernel(i, j) = gram(i, j) + (i == j ? second : from_int<T>(0));
  }
}

// Column j < d of (I + D) B(v) is (column d of I + D) v_j, column d is (I + D)_w v.
template <class T>
void add_times_b(Matrix<T>& out, const Matrix<T>& displacement, const std::vector<T>& v, const T& sign) {
  const std::size_t d = v.size();
  for (std::size_t i = 0; i <= d; ++i) {
    const T last = displacement(i, d) + from_int<T>(i == d ? 1 : 0);
    T sum = i < d ? v[i] : from_int<T>(0);
    for (std::size_t j = 0; j < d; ++j) sum += displacement(i, j) * v[j];
    for (std::size_t j = 0; j < d; ++j) out(i, j) += sign * (last * v[j]);
    out(i, d) += sign * sum;
  }
}

template <class T>
std::vector<T> block_scales(std::size_t d, const T& ww, const T& cross, const T& aa) {
  const auto positive = [](const T& x) { return less(from_int<T>(0), x) ? x : from_int<T>(1); };
  std::vector<T> scale;
  for (std::size_t i = 0; i <= d; ++i)
    for (std::size_t j = 0; j <= d; ++j)
      scale.push_back(positive(i == d && j == d ? aa : i == d || j == d ? cross : ww));
  return scale;
}

FlowEnd end_of(IntegrationEnd end) {
  if (end == IntegrationEnd::undefined) return FlowEnd::singular;
  if (end == IntegrationEnd::step_limit) return FlowEnd::step_limit;
  return end == IntegrationEnd::not_finite ? FlowEnd::not_finite : FlowEnd::reached;
}

#define ESCAPEMENT_INSTANTIATE(T)                                                           \
  template bool less(const T&, const T&);                                                   \
  template T largest(const Matrix<T>&);                                                     \
  template struct FlowBlocks<T>;                                                            \
  template void add_times_b(Matrix<T>&, const Matrix<T>&, const std::vector<T>&, const T&); \
  template std::vector<T> block_scales(std::size_t, const T&, const T&, const T&);
ESCAPEMENT_INSTANTIATE(double)
ESCAPEMENT_INSTANTIATE(numeric::Mp)

}  // namespace escapement::reduction

#include "escapement/numeric/magnitude_range.h"

#include <cmath>

#include "escapement/numeric/mutant.h"

namespace escapement::numeric {

namespace {

constexpr long kFreely = 64;  // six factors of this exponent leave room
constexpr int kSquareEnd = 400;

double larger(double most, double x) { return std::isfinite(x) ? std::fmax(most, std::fabs(x)) : most; }

double largest(const Rows<double>& z, std::size_t from, std::size_t to) {
  double most = 0;
  for (std::size_t j = from; j < to; ++j)
    for (std::size_t i = 0; i < z.rows(); ++i) most = larger(most, z.data()[j * z.stride() + i]);
  return most;
}

}  // namespace

template <class T>
long excess(const T& x) {
  if constexpr (std::is_same_v<T, double>) {
    if (x == 0 || !std::isfinite(x)) return 0;
    int exponent;
    (void)std::frexp(x, &exponent);
    return std::labs(exponent) <= kFreely ? 0 : exponent;
  }
  return 0;
}

template <class T>
long excess(const Vector<T>& x) {
  if constexpr (std::is_same_v<T, double>) {
    double most = 0;
    for (std::size_t j = 0; j < x.size(); ++j) most = larger(most, x.get(j));
    return excess(most);
  }
  return 0;
}

template <class T>
long excess(const Rows<T>& z) {
  if constexpr (std::is_same_v<T, double>) return excess(largest(z, 0, z.d() + 1));
  return 0;
}

template <class T>
T shifted(const T& x, long k) {
  if constexpr (std::is_same_v<T, double>) return std::scalbln(x, k);
  return x;
}

template <class T>
Vector<T> shifted(const Vector<T>& x, long k) {
  Vector<T> result = x;
  if (k != 0)
    for (std::size_t j = 0; j < x.size(); ++j) result.set(j, shifted(T(x.get(j)), k));
  return result;
}

template <class T>
Rows<T> shifted(const Rows<T>& z, long k) {
  Rows<T> result = z;
  if (k == 0) return result;
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j <= z.d(); ++j) result.set(i, j, shifted(T(z.get(i, j)), k));
  return result;
}

Ball shifted_ball(Ball x, long k) {
  arb_mul_2exp_si(x.raw(), x.raw(), k);
  return x;
}

template <class T>
bool has_digits(const T& sum) {
  if (mutated(Mutant::squares_trusted)) return true;
  if constexpr (std::is_same_v<T, double>)
    return std::fabs(sum) >= std::ldexp(1.0, -kSquareEnd) && std::fabs(sum) <= std::ldexp(1.0, kSquareEnd);
  return true;
}

template <class T>
T norm(const Vector<T>& x) {
  const T squared = dot(x, x);
  if (has_digits(squared)) return square_root(squared);
  const long k = excess(x);
  if (k == 0) return square_root(squared);
  const Vector<T> near_one = shifted(x, -k);
  return shifted(T(square_root(T(dot(near_one, near_one)))), k);
}

template <class T>
LayerRange layer_range(const Rows<T>& z) {
  if constexpr (std::is_same_v<T, double>) {
    const double first = largest(z, 0, z.d()), second = largest(z, z.d(), z.d() + 1);
    for (const double layer : {first, second})
      if (layer != 0 && std::labs(std::ilogb(layer)) > kRangeEnd) return LayerRange::outside;
    return first == 0 || second == 0 ? LayerRange::zero : LayerRange::inside;
  }
  return LayerRange::inside;
}

#define ESCAPEMENT_INSTANTIATE(T)                     \
  template long excess(const T&);                     \
  template long excess(const Vector<T>&);             \
  template long excess(const Rows<T>&);               \
  template T shifted(const T&, long);                 \
  template Vector<T> shifted(const Vector<T>&, long); \
  template Rows<T> shifted(const Rows<T>&, long);     \
  template bool has_digits(const T&);                 \
  template T norm(const Vector<T>&);                  \
  template LayerRange layer_range(const Rows<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::numeric

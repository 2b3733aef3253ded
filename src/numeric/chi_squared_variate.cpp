#include "escapement/numeric/chi_squared_variate.h"

#include <cmath>

#include <boost/math/distributions/chi_squared.hpp>

#include "escapement/numeric/scalar_ops.h"

namespace escapement::numeric {

namespace {
constexpr int kNormalDegrees = 10'000'000;
}

template <class T>
T chi_squared_variate(const BigInt& degrees, double g) {
  if (degrees <= kNormalDegrees) {
    const double p = std::erfc(-g / std::sqrt(2.0)) / 2;
    return from_dyadic<T>(boost::math::quantile(boost::math::chi_squared(static_cast<double>(degrees)), p));
  }
  const T count = from_exact<T>(Exact(degrees)), c = from_int<T>(2) / (from_int<T>(9) * count);
  const T root = from_int<T>(1) - c + from_dyadic<T>(g) * square_root(c);
  return count * (root * root * root);
}

template double chi_squared_variate(const BigInt&, double);
template Mp chi_squared_variate(const BigInt&, double);

}  // namespace escapement::numeric

#include "escapement/reduction/wishart_start.h"

#include <vector>

#include "escapement/numeric/check.h"
#include "escapement/numeric/chi_squared_variate.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::reduction {

using numeric::BigInt;
using numeric::Exact;
using numeric::from_exact;

template <class T>
numeric::Rows<T> wishart_start(numeric::Stream stream, std::size_t d, const BigInt& m) {
  ESCAPEMENT_CHECK(m > d);
  const T first = numeric::square_root(from_exact<T>(Exact(1) / Exact(d)));
  const T second = numeric::square_root(from_exact<T>(Exact(1) / Exact(m)));
  numeric::Rows<T> r(d + 1, d);
  std::vector<double> row(d + 1);
  // Row i of the factor of m standard normal rows: a chi variate of m - i degrees of freedom, then normals.
  for (std::size_t i = 0; i <= d; ++i) {
    numeric::gaussian_row(stream, numeric::Purpose::start, i, 0, d + 1 - i, row.data());
    const T diagonal = numeric::square_root(numeric::chi_squared_variate<T>(m - i, row[0]));
    for (std::size_t j = i; j <= d; ++j) {
      const T entry = j == i ? diagonal : numeric::from_dyadic<T>(row[j - i]);
      r.set(i, j, entry * (j == d ? second : first));
    }
  }
  return r;
}

template numeric::Rows<double> wishart_start(numeric::Stream, std::size_t, const BigInt&);
template numeric::Rows<numeric::Mp> wishart_start(numeric::Stream, std::size_t, const BigInt&);

}  // namespace escapement::reduction

// The NTK start's Gram matrix at any width, without its neurons: m rows (w, a) ~ N(0, diag(1/d, ..., 1/d, 1/m)) have
// S(0) = Z^T Z with the Wishart law of m degrees of freedom, which is drawn directly [Bartlett1934].
#pragma once

#include "escapement/numeric/exact.h"
#include "escapement/numeric/packed.h"
#include "escapement/numeric/random.h"

namespace escapement::reduction {

// R [(d+1) x (d+1)], upper triangular, with R^T R distributed as S(0); m > d. A pure function of the stream and m; the
// variates are doubles taken exactly, or as chi_squared_variate says. T: double or Mp.
template <class T>
numeric::Rows<T> wishart_start(numeric::Stream stream, std::size_t d, const numeric::BigInt& m);

}  // namespace escapement::reduction

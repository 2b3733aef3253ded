// R with R^T R = Z(0)^T Z(0).
#pragma once

#include "escapement/model/start.h"

namespace escapement::reduction {

// Z(0) itself where m <= d; else the upper triangular Cholesky factor, [(d+1) x (d+1)]; and again Z(0), all m rows, where
// Z(0)^T Z(0) is not positive definite at the working precision (special starts given in a file).
template <class T>
numeric::Rows<T> start_factor(const model::Start<T>& start);

}  // namespace escapement::reduction

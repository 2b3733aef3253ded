// Eigenvalues of a symmetric positive semidefinite matrix as rigorous enclosures.
#pragma once

#include <vector>

#include "escapement/numeric/ball.h"

namespace escapement::theory {

using BallMatrix = std::vector<std::vector<numeric::Ball>>;  // rows

// Ascending, of A [d x d] symmetric and positive semidefinite, entries of any size, d >= 1. With Q an approximate orthogonal
// matrix of eigenvectors from double precision, M = Q^T A Q and epsilon = |Q^T Q - I|_F,
//   (M_kk - off) / (1 + epsilon) <= lambda_k <= (M_kk + off) / (1 - epsilon),  off = |M - diag M|_F,  M_kk sorted,
// by Weyl for M and Ostrowski for the congruence [HornJohnson2012, 4.3, 4.5]. Relative to the largest about 1e-15.
std::vector<numeric::Ball> enclosed_eigenvalues(const BallMatrix& a);

}  // namespace escapement::theory

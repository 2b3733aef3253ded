#include "escapement/theory/enclosed_eigenvalues.h"

#include <algorithm>

#include <Eigen/Eigenvalues>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::theory {

using numeric::Ball;
using numeric::Truth;

std::vector<Ball> enclosed_eigenvalues(const BallMatrix& a) {
  const std::size_t d = a.size();
  Ball trace;
  for (std::size_t i = 0; i < d; ++i) trace += a[i][i];
  if (less(Ball(0), trace) != Truth::yes) return std::vector<Ball>(d, trace);  // of a zero matrix
  Eigen::MatrixXd rounded(d, d);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      rounded(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = (a[i][j] / trace).mid_double();
  const Eigen::MatrixXd vectors = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(rounded).eigenvectors();
  const auto q = [&](std::size_t i, std::size_t j) {
    return Ball::dyadic(vectors(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)));
  };
  BallMatrix aq(d, std::vector<Ball>(d));
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      for (std::size_t k = 0; k < d; ++k) aq[i][j] += a[i][k] * q(k, j);
  std::vector<Ball> diagonal(d);
  Ball off, defect, rounding;
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      Ball entry, product;
      for (std::size_t k = 0; k < d; ++k) {
        entry += q(k, i) * aq[k][j];
        product += q(k, i) * q(k, j);
      }
      if (i == j) {
        diagonal[i] = entry;
        product -= Ball(1);
      } else {
        off += entry * entry;
      }
      defect += product * product;
    }
  off = numeric::square_root(off).upper();
  defect = numeric::square_root(defect).upper();
  for (const Ball& x : diagonal) rounding = numeric::maximum_of(rounding, x.radius());
  off = (off + rounding).upper();
  std::sort(diagonal.begin(), diagonal.end(),
            [](const Ball& x, const Ball& y) { return arb_lt(x.mid().raw(), y.mid().raw()) != 0; });
  std::vector<Ball> result;
  for (const Ball& x : diagonal) {
    Ball low = (x.mid() - off).lower() / (Ball(1) + defect);
    if (less(low, Ball(0)) != Truth::no) low = Ball(0);
    result.push_back(numeric::hull(low, (x.mid() + off).upper() / (Ball(1) - defect)));
  }
  return result;
}

}  // namespace escapement::theory

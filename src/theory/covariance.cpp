#include "escapement/theory/covariance.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

#include "escapement/numeric/check.h"
#include "escapement/numeric/chi_squared_variate.h"
#include "escapement/numeric/random.h"

namespace escapement::theory {

std::vector<CovarianceDirection> covariance_directions(const model::Instance& instance) {
  const auto d = static_cast<Eigen::Index>(instance.d), n = static_cast<Eigen::Index>(instance.n);
  ESCAPEMENT_CHECK(n > 0);
  Eigen::MatrixXd x(n, d);
  Eigen::VectorXd theta(d);
  for (Eigen::Index k = 0; k < n; ++k)
    for (Eigen::Index j = 0; j < d; ++j)
      x(k, j) = instance.given_inputs.empty()
                    ? instance.generated_inputs[static_cast<std::size_t>(k * d + j)]
                    : static_cast<double>(
                          instance.given_inputs[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)]);
  for (Eigen::Index j = 0; j < d; ++j)
    theta(j) = static_cast<double>(instance.theta_star[static_cast<std::size_t>(j)]);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
      (x.transpose() * x / static_cast<double>(n)).eval());
  const Eigen::VectorXd component = solver.eigenvectors().transpose() * theta;
  std::vector<CovarianceDirection> directions;
  const double largest = solver.eigenvalues()(d - 1);
  for (Eigen::Index l = 0; l < d; ++l) {
    const double value = solver.eigenvalues()(l);
    const bool unseen = value <= 1e-13 * largest;  // below the solver's own error: no data there
    directions.push_back({unseen ? 0.0 : value, component(l)});
  }
  return directions;
}

std::vector<std::vector<double>> inputs_of_sample(numeric::Stream stream, std::size_t d,
                                                  const numeric::BigInt& n) {
  ESCAPEMENT_CHECK(n >= d);
  const auto count = static_cast<double>(n);
  // A with A A^T = n C: lower triangular, chi variates on the diagonal, normals below. Row i of the draws is row i of A.
  std::vector<std::vector<double>> inputs(d, std::vector<double>(d, 0.0));
  std::vector<double> row(d);
  const double scale = std::sqrt(static_cast<double>(d) / count);
  for (std::size_t i = 0; i < d; ++i) {
    numeric::gaussian_row(stream, numeric::Purpose::inputs, i, 0, i + 1, row.data());
    row[i] = std::sqrt(numeric::chi_squared_variate<double>(n - i, row[i]));
    for (std::size_t j = 0; j <= i; ++j) inputs[j][i] = scale * row[j];  // input j is column j of A
  }
  return inputs;
}

}  // namespace escapement::theory

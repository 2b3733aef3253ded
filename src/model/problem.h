// An Instance in one arithmetic: what the update rules compute with.
#pragma once

#include "escapement/model/instance.h"
#include "escapement/numeric/packed.h"

namespace escapement::model {

template <class T>
struct Problem {
  explicit Problem(const Instance& instance);

  std::size_t d, n;
  T eta;        // step size as configured
  T step_size;  // eta, doubled for the loss `square`, whose gradient is twice that of `half-square`
  T sigma, rho;
  numeric::Vector<T> theta_star;      // [d]
  std::vector<numeric::Vector<T>> x;  // [n] inputs [d]; empty where they are fresh or the population's
  std::vector<T> y;                   // [n] labels <theta*, x_k>
  numeric::Symmetric<T> covariance;  // C = (1/n) sum x_k x_k^T [d x d]; the identity for Gaussian populations

  // Full-batch residual-weighted input without noise, C (theta - theta*).
  void mean_gradient(const numeric::Vector<T>& theta, numeric::Vector<T>& out) const;
  numeric::Vector<T> error(const numeric::Vector<T>& theta) const;  // theta - theta*
  // Of an error, (1/2n) sum (<theta, x_k> - y_k)^2 = (theta - theta*)^T C (theta - theta*) / 2, summed over the sample.
  T train_loss_of(const numeric::Vector<T>& error) const;
  // The population's, |theta - theta*|^2 / 2 for standard normal inputs: exact, no test sample needed.
  T test_loss_of(const numeric::Vector<T>& error) const;

 private:
  void set_sample_covariance();
};

}  // namespace escapement::model

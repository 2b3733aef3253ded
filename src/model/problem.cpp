#include "escapement/model/problem.h"

namespace escapement::model {

using numeric::from_exact;
using numeric::from_int;
using numeric::Vector;

namespace {

// A nonzero number that this arithmetic turns into zero (or a subnormal double) would silently change the instance.
template <class T>
T checked(const Instance& instance, const char* key, const Exact& value) {
  T result = from_exact<T>(value);
  if (value != 0 && std::fabs(numeric::to_double(result)) < 0x1p-1022 &&
      std::string(numeric::scalar_name<T>()) == "double")
    throw config::InputError(instance.config.source_of(key), key,
                             "a number that double precision can hold (use --precision BITS)",
                             numeric::to_string(value));
  if (!numeric::is_finite(result))
    throw config::InputError(instance.config.source_of(key), key,
                             "a number that double precision can hold (use --precision BITS)",
                             numeric::to_string(value));
  return result;
}

}  // namespace

template <class T>
Problem<T>::Problem(const Instance& instance)
    : d(instance.d),
      n(instance.n),
      eta(checked<T>(instance, "eta", instance.config.eta)),
      step_size(instance.config.loss == config::Loss::square ? T(eta + eta) : eta),
      sigma(checked<T>(instance, "sigma", instance.config.sigma)),
      rho(checked<T>(instance, "rho", instance.config.rho)),
      theta_star(d),
      covariance(d) {
  for (std::size_t j = 0; j < d; ++j)
    theta_star.set(j, checked<T>(instance, "theta_norm", instance.theta_star[j]));
  x.assign(n, Vector<T>(d));
  y.reserve(n);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t j = 0; j < d; ++j)
      x[k].set(j, instance.given_inputs.empty()
                      ? numeric::from_dyadic<T>(instance.generated_inputs[k * d + j])
                      : checked<T>(instance, "X", instance.given_inputs[k][j]));
    y.push_back(dot(theta_star, x[k]));
  }
  if (n == 0) {
    for (std::size_t j = 0; j < d; ++j) covariance.set(j, j, from_int<T>(1));
    return;
  }
  const T count = from_int<T>(static_cast<long>(n));
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      T sum = from_int<T>(0);
      for (const Vector<T>& input : x) sum += input.get(i) * input.get(j);
      covariance.set(i, j, sum / count);
    }
}

template <class T>
void Problem<T>::mean_gradient(const Vector<T>& theta, Vector<T>& out) const {
  Vector<T> error = theta;
  add_scaled(error, from_int<T>(-1), theta_star);
  multiply(covariance, error, out);
}

template <class T>
T Problem<T>::train_loss(const Vector<T>& theta) const {
  Vector<T> error = theta, weighted(d);
  add_scaled(error, from_int<T>(-1), theta_star);
  multiply(covariance, error, weighted);
  return dot(error, weighted) / from_int<T>(2);
}

template <class T>
T Problem<T>::test_loss(const Vector<T>& theta) const {
  Vector<T> error = theta;
  add_scaled(error, from_int<T>(-1), theta_star);
  return dot(error, error) / from_int<T>(2);
}

#define ESCAPEMENT_INSTANTIATE(T) template struct Problem<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model

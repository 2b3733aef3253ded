#include "escapement/model/problem.h"

#include <cmath>
#include <type_traits>

#include "escapement/numeric/mutant.h"

namespace escapement::model {

using numeric::from_exact;
using numeric::from_int;
using numeric::Mutant;
using numeric::mutated;
using numeric::Vector;

namespace {

// A nonzero number that this arithmetic turns into zero, infinity or a subnormal double would silently change the
// instance. `key` is a configuration's, or an instance file's.
template <class T>
T checked(const Instance& instance, const char* key, const Exact& value, bool in_file = false) {
  T result = from_exact<T>(value);
  const bool vanishes =
      std::is_same_v<T, double> && value != 0 && std::fabs(numeric::to_double(result)) < 0x1p-1022;
  if (vanishes || !numeric::is_finite(result))
    throw config::InputError(in_file ? instance.file : instance.config.source_of(key), key,
                             "a number that double precision can hold (use --precision BITS)",
                             numeric::to_string(value));
  return result;
}

// What an instance file gives beyond inputs and theta*: entered elsewhere, refused here.
template <class T>
void check_given(const Instance& instance) {
  for (const auto& row : instance.start->rows)
    for (std::size_t j = 0; j < row.size(); ++j)
      checked<T>(instance, j < instance.d ? "W0" : "a0", row[j], true);
  for (const Exact& noise : instance.driving->noise) checked<T>(instance, "noise_values", noise, true);
}

}  // namespace

template <class T>
Problem<T>::Problem(const Instance& instance)
    : d(instance.d),
      n(instance.n),
      eta(checked<T>(instance, "eta", instance.config.eta)),
      step_size(instance.config.loss == config::Loss::square && !mutated(Mutant::square_not_doubled)
                    ? T(eta + eta)
                    : eta),
      sigma(checked<T>(instance, "sigma", instance.config.sigma)),
      rho(checked<T>(instance, "rho", instance.config.rho)),
      theta_star(d),
      covariance(d) {
  const bool given = instance.start != nullptr;
  if (given) check_given<T>(instance);
  for (std::size_t j = 0; j < d; ++j)
    theta_star.set(j, given ? checked<T>(instance, "theta_star", instance.theta_star[j], true)
                            : checked<T>(instance, "theta_norm", instance.theta_star[j]));
  x.assign(n, Vector<T>(d));
  y.reserve(n);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t j = 0; j < d; ++j)
      x[k].set(j, instance.given_inputs.empty()
                      ? numeric::from_dyadic<T>(instance.generated_inputs[k * d + j])
                      : checked<T>(instance, "X", instance.given_inputs[k][j], true));
    y.push_back(dot(theta_star, x[k]));
  }
  if (n == 0) {
    for (std::size_t j = 0; j < d; ++j) covariance.set(j, j, from_int<T>(1));
    return;
  }
  const T count = from_int<T>(static_cast<long>(n) + (mutated(Mutant::mean_over_one_more) ? 1 : 0));
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      T sum = from_int<T>(0);
      if (mutated(Mutant::covariance_diagonal) && i != j) continue;
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

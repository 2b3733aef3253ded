#include "escapement/model/problem.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <type_traits>

#include "escapement/numeric/magnitude_range.h"
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

// Products of what is given, which a double must hold as well as its factors.
constexpr const char* kRoom =
    "a size that leaves a product of numbers room in double precision (use --precision BITS)";
constexpr long kGreatestFactor = 700, kGreatestStep = 900, kGreatestStart = 900;  // exponents

// The number of greatest size; 0 where there is none.
Exact largest(const std::vector<Exact>& numbers) {
  Exact most = 0;
  for (const Exact& x : numbers)
    if (abs(x) > abs(most)) most = x;
  return most;
}

void check_sizes(const Instance& instance, const Problem<double>& problem) {
  const auto refuse = [&](bool in_file, const char* key, const Exact& found) {
    throw config::InputError(in_file ? instance.file : instance.config.source_of(key), key, kRoom,
                             numeric::to_string(found));
  };
  const auto beyond = [](const auto& x, long most) { return std::labs(numeric::excess(x)) > most; };
  const bool given = instance.start != nullptr;
  if (beyond(problem.eta, kGreatestFactor)) refuse(false, "eta", instance.config.eta);
  if (beyond(problem.theta_star, kGreatestFactor))
    refuse(given, given ? "theta_star" : "theta_norm",
           given ? largest(instance.theta_star) : instance.config.theta_norm);
  const auto start = from_exact<double>(instance.config.init.factor);
  if (!given && (start == 0 || !numeric::is_finite(start) || beyond(start, kGreatestStart)))
    refuse(false, "init", instance.config.init.factor);
  double trace = 0;
  for (std::size_t j = 0; j < problem.d; ++j) {
    const double square = problem.covariance.get(j, j);
    std::vector<Exact> column;
    for (const auto& input : instance.given_inputs) column.push_back(input[j]);
    if (!numeric::has_digits(square) && largest(column) != 0) refuse(true, "X", largest(column));
    trace += square;
  }
  if (numeric::excess(problem.eta) + numeric::excess(trace) > kGreatestStep)
    refuse(false, "eta", instance.config.eta);
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
  if (n > 0)
    set_sample_covariance();
  else
    for (std::size_t j = 0; j < d; ++j) covariance.set(j, j, from_int<T>(1));
  if constexpr (std::is_same_v<T, double>) check_sizes(instance, *this);
}

template <class T>
void Problem<T>::set_sample_covariance() {
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
  multiply(covariance, error(theta), out);
}

template <class T>
Vector<T> Problem<T>::error(const Vector<T>& theta) const {
  Vector<T> result = theta;
  add_scaled(result, from_int<T>(-1), theta_star);
  return result;
}

template <class T>
T Problem<T>::train_loss_of(const Vector<T>& error) const {
  Vector<T> weighted(d);
  multiply(covariance, error, weighted);
  return dot(error, weighted) / from_int<T>(2);
}

template <class T>
T Problem<T>::test_loss_of(const Vector<T>& error) const {
  return dot(error, error) / from_int<T>(2);
}

#define ESCAPEMENT_INSTANTIATE(T) template struct Problem<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model

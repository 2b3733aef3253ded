#include "escapement/model/state.h"

#include <cmath>

#include "escapement/numeric/mutant.h"

namespace escapement::model {

namespace {
// Of the layers' norms, together: each product of entries is cut at 2^-1074.
constexpr long kLeastThetaExponent = -900;
}  // namespace

using numeric::Ball;
using numeric::from_int;
using numeric::Mp;
using numeric::Vector;

template <class T>
void State<T>::apply(const RightStep<T>& step) {
  do_apply(step);
  for (Passenger<T>* p : passengers_) p->apply(step);
}

template <class T>
std::size_t State<T>::apply_samples(SampleBlock<T>& block, const T& step_size) {
  const std::size_t taken = do_apply_samples(block, step_size);
  const std::size_t seen =
      numeric::mutated(numeric::Mutant::passengers_behind) && taken > 0 ? taken - 1 : taken;
  for (Passenger<T>* p : passengers_) p->apply_samples(block, seen);
  return taken;
}

template <class T>
void State<T>::end_driven_step() {
  for (Passenger<T>* p : passengers_) p->follow(*this);
}

template <class T>
T State<T>::first_layer_norm() const {
  return numeric::square_root(first_layer_squared());
}

template <class T>
T State<T>::second_layer_norm() const {
  return numeric::square_root(second_layer_squared());
}

template <class T>
T State<T>::gradient_norm(const Vector<T>& v) const {
  return numeric::square_root(gradient_squared(v));
}

template <class T>
bool theta_has_digits(const State<T>& state) {
  const T first = state.first_layer_norm(), second = state.second_layer_norm();
  const long k = numeric::excess(first) + numeric::excess(second);
  return k > kLeastThetaExponent || numeric::is_less(from_int<T>(0), first) == numeric::Truth::no ||
         numeric::is_less(from_int<T>(0), second) == numeric::Truth::no;
}

template <class T>
std::size_t State<T>::do_apply_samples(SampleBlock<T>& block, const T& step_size) {
  for (std::size_t k = 0; k < block.steps; ++k) {
    const T residual = dot(theta(), *block.x[k]) - block.y[k] - block.noise[k];
    if (magnitude(residual) != Magnitude::ordinary) return k;
    block.c[k] = step_size * residual;
    RightStep<T> step;
    step.q = block.x[k];
    step.c = block.c[k];
    do_apply(step);
  }
  return block.steps;
}

namespace {
constexpr int kLimitExponent = 150;
}

template <>
Magnitude magnitude<double>(const double& value) {
  if (!std::isfinite(value)) return Magnitude::not_finite;
  return std::fabs(value) <= 0x1p150 ? Magnitude::ordinary : Magnitude::too_large;
}

template <>
Magnitude magnitude<Mp>(const Mp& value) {
  const auto x = value.backend().data();
  if (!mpfr_number_p(x)) return Magnitude::not_finite;
  if (mpfr_zero_p(x) || mpfr_get_exp(x) <= kLimitExponent) return Magnitude::ordinary;
  return Magnitude::too_large;
}

template <>
Magnitude magnitude<Ball>(const Ball& value) {
  // An unbounded enclosure says nothing of the exact value, least of all that it is not finite.
  if (!value.is_finite()) return Magnitude::too_wide;
  if (mag_cmp_2exp_si(arb_radref(value.raw()), kLimitExponent) > 0) return Magnitude::too_wide;
  return arf_cmpabs_2exp_si(arb_midref(value.raw()), kLimitExponent) <= 0 ? Magnitude::ordinary
                                                                          : Magnitude::too_large;
}

#define ESCAPEMENT_INSTANTIATE(T) \
  template class State<T>;        \
  template bool theta_has_digits(const State<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model

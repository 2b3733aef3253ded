#include "escapement/reduction/flow_integrator.h"

#include <boost/numeric/odeint/stepper/bulirsch_stoer.hpp>
#include <boost/numeric/odeint/stepper/controlled_step_result.hpp>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::reduction {

namespace odeint = boost::numeric::odeint;
using numeric::from_int;
using numeric::Truth;

namespace {

// Odeint's own maximum norm takes Mp for a range, because it has a value_type.
template <class T>
struct Algebra : odeint::range_algebra {
  static T norm_inf(const std::vector<T>& v) {
    T most = from_int<T>(0);
    for (const T& x : v) most = numeric::maximum(most, numeric::absolute(x));
    return most;
  }
};

template <class T>
using Stepper = odeint::bulirsch_stoer<std::vector<T>, T, std::vector<T>, T, Algebra<T>>;

template <class T>
Stepper<T> stepper_of(const T& tolerance) {
  return Stepper<T>(tolerance, tolerance, from_int<T>(1), from_int<T>(1));
}

// Odeint keeps 1 and 1/2 in static variables, which carry the precision of whoever came first into all that is multiplied
// by them. Both are exact in two bits: made there, they leave the precision of the other factor.
template <class T>
bool make_constants() {
  const numeric::WorkingPrecision precision(numeric::kMinBits);
  std::vector<T> y(1, from_int<T>(1));
  T time = from_int<T>(0), step = from_int<T>(1);
  stepper_of(from_int<T>(1))
      .try_step([](const std::vector<T>&, std::vector<T>& rate, const T&) { rate.assign(1, from_int<T>(0)); },
                y, time, step);
  return true;
}

template <class T>
bool all_finite(const std::vector<T>& y) {
  for (const T& value : y)
    if (!numeric::is_finite(value)) return false;
  return true;
}

}  // namespace

template <class T>
IntegrationEnd integrate(const Field<T>& field, std::vector<T>& y, Integration<T>& run,
                         const std::function<bool(std::vector<T>& y)>& after) {
  static const bool constants = make_constants<T>();
  (void)constants;
  const std::size_t n = y.size();
  Stepper<T> stepper = stepper_of(run.tolerance);
  // The stepper sees u = y / scale, for which its absolute and its relative tolerance may be the same.
  std::vector<T> u(n), at(n);
  bool defined = true;
  const auto system = [&](const std::vector<T>& u_here, std::vector<T>& rate, const T&) {
    if (defined) {
      for (std::size_t i = 0; i < n; ++i) at[i] = u_here[i] * run.scale[i];
      rate.resize(n);
      defined = field(at, rate);
    }
    for (std::size_t i = 0; i < n; ++i) rate[i] = defined ? T(rate[i] / run.scale[i]) : from_int<T>(0);
  };
  while (numeric::is_less(run.time, run.end) == Truth::yes) {
    if (run.steps_left-- <= 0) return IntegrationEnd::step_limit;
    const T left = run.end - run.time;
    const bool last = numeric::is_less(run.step, left) != Truth::yes;
    const T tried = last ? left : run.step;
    for (std::size_t i = 0; i < n; ++i) u[i] = y[i] / run.scale[i];
    T step = tried, time = run.time;
    const bool accepted = stepper.try_step(system, u, time, step) == odeint::success;
    if (!defined) return IntegrationEnd::undefined;
    if (!all_finite(u) || !numeric::is_finite(step)) return IntegrationEnd::not_finite;
    // A step cut short by the end says nothing about how long steps may be, unless it could have been longer.
    if (!accepted || !last || numeric::is_less(run.step, step) == Truth::yes) run.step = step;
    if (!accepted) continue;
    for (std::size_t i = 0; i < n; ++i) y[i] = u[i] * run.scale[i];
    run.time = last ? run.end : T(run.time + tried);
    if (!after(y)) return IntegrationEnd::stopped;
  }
  return IntegrationEnd::reached;
}

#define ESCAPEMENT_INSTANTIATE(T)                                                      \
  template IntegrationEnd integrate(const Field<T>&, std::vector<T>&, Integration<T>&, \
                                    const std::function<bool(std::vector<T>&)>&);
ESCAPEMENT_INSTANTIATE(double)
ESCAPEMENT_INSTANTIATE(numeric::Mp)

}  // namespace escapement::reduction

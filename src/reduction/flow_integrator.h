// dy/dt = f(y) by an adaptive method whose order follows the tolerance: Bulirsch-Stoer extrapolation of the midpoint
// rule [BulirschStoer1966], from Boost.Numeric.Odeint [AhnertMulansky2011]. For double and Mp.
#pragma once

#include <functional>
#include <vector>

namespace escapement::reduction {

// f(y, dydt), both [n]; false where f is undefined at y.
template <class T>
using Field = std::function<bool(const std::vector<T>& y, std::vector<T>& dydt)>;

enum class IntegrationEnd {
  reached,
  stopped,     // by `after`
  undefined,   // f was
  step_limit,  // of accepted and refused steps together
  not_finite
};

template <class T>
struct Integration {
  std::vector<T> scale;  // [n], > 0: how large components of y are
  T tolerance;           // on the error of a step, relative to scale + |y| + |dt f|
  T time, end;           // from where to where; `time` moves
  T step;                // first one to try; left at what would be tried next
  long steps_left;
};

// Integrates y. After each accepted step `after` may change y (a projection) and says whether to go on. Where f is
// undefined or y not finite, y is left as after the last accepted step.
template <class T>
IntegrationEnd integrate(const Field<T>& field, std::vector<T>& y, Integration<T>& run,
                         const std::function<bool(std::vector<T>& y)>& after);

}  // namespace escapement::reduction

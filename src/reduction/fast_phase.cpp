// Gradient flow from the start to the manifold W^T a = theta*.
#include "escapement/numeric/scalar_ops.h"
#include "escapement/reduction/flow_blocks.h"

namespace escapement::reduction {

using numeric::Exact;
using numeric::from_exact;
using numeric::from_int;

// Gradient flow until the error has fallen to the root of the tolerance; there a Newton step in the direction that the flow
// takes, q = kernel^-1 (theta* - theta), differs from the rest of the flow by the square of that.
template <class T>
FlowEnd SlowFlow<T>::to_manifold() {
  if (end_ != FlowEnd::reached || on_manifold_) return end_;
  if (!in_range()) return end_ = FlowEnd::out_of_range;
  const FlowBlocks<T> begin(factor_);
  const T first_error = constraint_error();
  const T target = numeric::maximum(T(numeric::square_root(tolerance_) * first_error), rounding_floor(begin));
  const T first_rate = (begin.first + begin.second) * tolerance_;
  const std::size_t d = d_;
  std::vector<T> error(d), v(d);
  const auto gradient = [&](const FlowBlocks<T>& blocks) {  // v = C (theta - theta*)
    for (std::size_t j = 0; j < d; ++j) error[j] = blocks.theta[j] - theta_star_[j];
    for (std::size_t i = 0; i < d; ++i) {
      v[i] = from_int<T>(0);
      for (std::size_t j = 0; j < d; ++j) v[i] += covariance_(i, j) * error[j];
    }
  };
  Matrix<T> at(d + 1, d + 1), rate(d + 1, d + 1), displacement(d + 1, d + 1);
  const Field<T> field = [&](const std::vector<T>& y, std::vector<T>& dydt) {
    at.entries = y;
    gradient(FlowBlocks<T>(moved(at)));
    rate = Matrix<T>(d + 1, d + 1);
    add_times_b(rate, at, v, from_int<T>(-1));
    dydt = rate.entries;
    return true;
  };
  const T half = from_exact<T>(Exact(1, 2));
  T step = from_int<T>(1) / (trace_ * (begin.first + begin.second) * from_int<T>(kFirstStep));
  for (bool arrived = !less(target, first_error); !arrived;) {
    const FlowBlocks<T> blocks(factor_);
    const auto lower = cholesky_factor(blocks.kernel);
    if (!lower) return end_ = FlowEnd::not_interpolating;  // Z = 0 is a saddle
    gradient(blocks);
    solve_with(*lower, error);
    const T q = numeric::minimum(norm(error), half), square = q * q;
    Integration<T> run{block_scales(d, square, q, square), tolerance_, fast_time_, {}, step, steps_left_};
    run.end = fast_time_ + fast_time_ + step * from_exact<T>(power_of_two(60));  // never: `after` ends it
    bool stalled = false;
    const IntegrationEnd ended = integrate<T>(field, displacement.entries, run, [&](std::vector<T>& y) {
      at.entries = y;
      const FlowBlocks<T> here(moved(at));
      gradient(here);
      arrived = !less(target, norm(error));
      T speed = from_int<T>(0), squared = from_int<T>(0);  // v^T kernel v, |v|^2: how fast theta follows
      for (std::size_t i = 0; i < d; ++i) {
        squared += v[i] * v[i];
        for (std::size_t j = 0; j < d; ++j) speed += v[i] * (here.kernel(i, j) * v[j]);
      }
      stalled = !arrived && !less(T(first_rate * squared), speed);
      return !arrived && !stalled && !less(half, largest(at));
    });
    fast_time_ = run.time;
    step = run.step;
    steps_left_ = run.steps_left;
    fold(displacement);
    if (stalled) return end_ = FlowEnd::not_interpolating;
    if (ended != IntegrationEnd::stopped) return end_ = end_of(ended);
  }
  return settle();
}

template <class T>
FlowEnd SlowFlow<T>::settle() {
  Matrix<T> displacement(d_ + 1, d_ + 1);
  for (int newton = 0; newton < 3; ++newton) {
    if (!project(displacement)) return end_ = FlowEnd::singular;
    fold(displacement);
  }
  on_manifold_ = true;
  return end_;
}

#define ESCAPEMENT_INSTANTIATE(T)              \
  template FlowEnd SlowFlow<T>::to_manifold(); \
  template FlowEnd SlowFlow<T>::settle();
ESCAPEMENT_INSTANTIATE(double)
ESCAPEMENT_INSTANTIATE(numeric::Mp)

}  // namespace escapement::reduction

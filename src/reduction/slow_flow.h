// The limit eta -> 0 of label-noise SGD at fixed slow time tau = eta^2 sigma^2 t / (2 b), b the batch size: the gradient
// flow of the loss Hessian's trace on the interpolating manifold W^T a = theta* [Blanc2020, DamianMaLee2021,
// LiWangArora2022], preceded by gradient flow from the start to the manifold (fast time s = eta t). Both act on
// Z = [W | a] from the right, so that any width is a (d+1) x (d+1) problem. docs/derivations/slow-flow.md.
//
//   fast   dZ/ds   = -Z B(C (theta - theta*))
//   slow   dZ/dtau = -Z G,  G = [C, lambda; lambda^T, tr C],  (|a|^2 I + W^T W) lambda = -(C + tr(C) I) theta*
//
// This is a limit theorem, not a bound at a finite eta.
#pragma once

#include <optional>
#include <string>

#include "escapement/model/problem.h"
#include "escapement/numeric/packed.h"
#include "escapement/reduction/matrix.h"

namespace escapement::reduction {

enum class FlowEnd {
  reached,
  rank_deficient,  // C is singular: the manifold is larger than W^T a = theta*, and nothing here describes it
  not_interpolating,  // the fast phase ends in a saddle: the start does not reach theta*
  singular,           // |a|^2 I + W^T W is, so that no multiplier keeps W^T a = theta*
  step_limit,
  not_finite,
  out_of_range  // doubles: squares of the network, of theta* or of the data leave their range
};
std::string describe(FlowEnd end);  // one clause, for messages and verdicts

struct FlowOptions {
  std::optional<numeric::Exact>
      tolerance;              // of one step, > 0; none: 2^-(bits/2 + 14), bits the working precision
  long most_steps = 200'000;  // of fast phase and slow flow together
};

template <class T>
struct FlowBlocks;

// T is double or Mp, at the thread's working precision.
template <class T>
class SlowFlow {
 public:
  // covariance: C [d x d]; start: rows [k x (d+1)] with the Gram matrix Z(0)^T Z(0), k >= 1 (see start_factor.h).
  SlowFlow(const numeric::Symmetric<T>& covariance, const numeric::Vector<T>& theta_star,
           const numeric::Rows<T>& start, const FlowOptions& options = {});

  FlowEnd to_manifold();  // the fast phase; does nothing where it is already over
  FlowEnd advance(
      const T& tau);  // fast phase where still needed, then the slow flow up to tau >= this->tau()

  FlowEnd end() const { return end_; }
  const T& fast_time() const { return fast_time_; }  // when the fast phase was cut off and projected
  const T& tau() const { return tau_; }

  // P - I [(d+1) x (d+1)], Z = Z(0) P; relative to its own size, however small.
  numeric::Rows<T> displacement() const { return to_rows(total_); }
  numeric::Rows<T> product() const;                             // P
  numeric::Rows<T> factor() const { return to_rows(factor_); }  // rows of the start times P: S = R^T R
  numeric::Symmetric<T> gram() const;                           // S
  T hessian_trace() const;                                      // tr(C) |a|^2 + tr(W C W^T)
  T constraint_error() const;                                   // |W^T a - theta*| now
  T largest_drift() const { return drift_; }  // of it along the slow flow, before it was projected away
  const T& tolerance() const { return tolerance_; }

 private:
  Matrix<T> moved(const Matrix<T>& displacement) const;  // factor_ (I + displacement)
  void fold(Matrix<T>& displacement);           // takes it into factor_ and total_ and sets it to zero
  bool project(Matrix<T>& displacement) const;  // a Newton step back to the manifold
  FlowEnd settle();                             // the end of the fast phase
  bool in_range() const;
  T rounding_floor(const FlowBlocks<T>& blocks) const;

  std::size_t d_;
  Matrix<T> covariance_;
  std::vector<T> theta_star_, pull_;  // pull = (C + tr(C) I) theta*
  Matrix<T> factor_, total_;
  T trace_, tolerance_, fast_time_, tau_, drift_;
  long steps_left_;
  bool on_manifold_ = false;
  FlowEnd end_ = FlowEnd::reached;
};

// Of an instance: its C, theta* and start. Reads Z(0), all m neurons, once.
template <class T>
SlowFlow<T> slow_flow_of(const model::Instance& instance, const FlowOptions& options = {});

// tau of one step of the configured label noise; 0 without noise. Exact.
numeric::Exact slow_time_of_step(const config::Config& config);

}  // namespace escapement::reduction

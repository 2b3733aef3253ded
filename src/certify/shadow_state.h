// The network enclosed by a shadow: a trajectory Z~ of d + 1 representative rows in fixed point, taken with rounding whose
// size is known at every step, and one number e with |Z(t) - Q Z~(t)|_F <= e for the exact trajectory Z (Q orthonormal,
// mixing neurons; docs/derivations/enclosed-run.md). The steps' Jacobian is symmetric, a contraction plus a matrix of norm
// |c q|, so e grows by at most 1 + |c q| a step, and nothing wraps: with b bits e starts near 2^-b. With neurons asked
// for, P with Z(t) = Z(0) P(t) is enclosed alike.
#pragma once

#include <memory>
#include <optional>

#include "escapement/certify/doubleton.h"
#include "escapement/certify/grid_rows.h"
#include "escapement/model/start.h"
#include "escapement/model/state.h"

namespace escapement::certify {

class ShadowState final : public model::State<numeric::Ball> {
 public:
  using Ball = numeric::Ball;
  using Rows = numeric::Rows<Ball>;
  using Vector = numeric::Vector<Ball>;

  // At this thread's working precision. Encloses the trajectories of every start whose entries differ by at most `radius`
  // from the instance's. Inputs in multiples of 2^-input_bits are taken exactly (see enclosed_parts.h).
  ShadowState(std::shared_ptr<const model::Start<Ball>> start, const numeric::Exact& radius, long input_bits,
              bool track_neurons);

  std::size_t d() const override { return factor_.d(); }
  std::uint64_t width() const override { return start_->width(); }
  const Vector& theta() const override { return theta_; }
  Ball first_layer_squared() const override;
  Ball second_layer_squared() const override;
  Ball gradient_squared(const Vector& v) const override;
  void perturbed_theta(const Vector& v, const Ball& kappa, Vector& out) const override;
  bool sees_neurons() const override { return own_rows_ || product_.has_value(); }
  void neurons(std::uint64_t first, Rows& out) const override;

  numeric::Symmetric<Ball> gram() const;  // S = Z^T Z [(d+1) x (d+1)]
  const Bound& error() const { return error_; }
  // theta of the shadow itself, exact: W~^T a~.
  void shadow_theta(Vector& out) const;
  // One step along q = A theta - b with A positive semidefinite [d x d], given by its value at shadow_theta(): the
  // feedback through theta is then known to contract.
  void apply_gradient(const numeric::Symmetric<Ball>& a, const Vector& q_of_shadow, const Ball& c);

  void save(std::ostream& out) const override;
  bool load(std::istream& in) override;

 protected:
  void do_apply(const model::RightStep<Ball>& step) override;
  std::size_t do_apply_samples(model::SampleBlock<Ball>& block, const Ball& step_size) override;

 private:
  // What a gradient step's errors need beyond its RightStep.
  struct Feedback {
    const Vector* q;     // at the shadow
    Bound a, direction;  // |A|, |v -> Z~ B(v)|
    Bound contraction;   // of the identity less the feedback
    Bound moved;         // |q - q_of_shadow|
  };
  Feedback feedback_of(const numeric::Symmetric<Ball>& a, const Vector& q, const Ball& c) const;
  void step_sample(const GridInput& x, const BigInt& c, const Bound& rate, const Bound& c_error,
                   const Bound& direction);
  void read_theta();

  std::shared_ptr<const model::Start<Ball>> start_;
  numeric::Exact radius_;
  bool own_rows_;  // the rows are the neurons, which is cheaper for small widths; P is then not needed
  GridRows factor_;
  Bound error_;                   // e
  std::optional<Doubleton> box_;  // a box of starts of few enough numbers
  std::optional<GridRows> product_;
  Bound product_error_;  // |P - P~|_F
  Vector theta_;
  std::optional<Feedback> feedback_;
  GridInput input_;
  TangentStep tangent_;
  model::RowScratch<Ball> scratch_;
};

}  // namespace escapement::certify

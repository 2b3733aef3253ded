// The steps. Formulas and their derivation: docs/derivations/enclosed-run.md, whose numbers are given here.
#include "escapement/certify/shadow_state.h"

#include "escapement/numeric/precision.h"
#include "escapement/reduction/start_factor.h"

namespace escapement::certify {

using model::Magnitude;
using model::RightStep;
using model::SampleBlock;
using numeric::Ball;
using numeric::Exact;
using numeric::Symmetric;

namespace {

const Bound kOne = Bound::integer(1);
const Bound kHalf = Bound::power_of_two(-1);

Bound norm_of(const numeric::Vector<Ball>& v) {
  Bound squares;
  for (std::size_t j = 0; j < v.size(); ++j) {
    const Bound entry = Bound::of(v.get(j));
    squares += entry * entry;
  }
  return sqrt(squares);
}

constexpr std::uint64_t kMostOwnRows = 64;  // of a box
constexpr long kLeastBoxBits = 64;          // below, the step size is not known to 2^-50

// Whether to step the neurons themselves: they are fewer than the rows of R and P, or a box that a doubleton can follow.
bool steps_own_rows(std::uint64_t m, std::size_t d, bool box) {
  return m <= 2 * (d + 1) || (box && m <= kMostOwnRows && m * (d + 1) <= Doubleton::kMostNumbers);
}

numeric::Rows<Ball> rows_at_start(const model::Start<Ball>& start, bool own) {
  if (!own) return reduction::start_factor(start);
  numeric::Rows<Ball> rows(static_cast<std::size_t>(start.width()), start.d());
  start.rows(0, rows);
  return rows;
}

// `z` by a step whose q, v, kappa and c are enclosures: the midpoint goes on, the distance to it is returned.
Bound move(GridRows& z, const RightStep<Ball>& step, model::RowScratch<Ball>& scratch) {
  numeric::Rows<Ball> rows(z.rows(), z.d());
  z.get(rows);
  right_multiply(rows, step, scratch);
  return z.set(rows);
}

}  // namespace

ShadowState::ShadowState(std::shared_ptr<const model::Start<Ball>> start, const Exact& radius,
                         long input_bits, bool track_neurons)
    : start_(std::move(start)),
      radius_(radius),
      own_rows_(steps_own_rows(start_->width(), start_->d(), radius != 0)),
      factor_(0, start_->d(), 0, 0),
      theta_(start_->d()) {
  const long bits = numeric::working_bits();
  const numeric::Rows<Ball> rows = rows_at_start(*start_, own_rows_);
  factor_ = GridRows(rows.rows(), d(), bits, input_bits);
  error_ = factor_.set(rows);
  // |Z(0) - its centre|_F over all m neurons.
  const Ball entries = Ball::from(Exact(start_->width()) * Exact(d() + 1));
  error_ += Bound::of(Ball::from(radius_)) * sqrt(Bound::of(entries));
  if (own_rows_ && radius_ != 0 && bits >= kLeastBoxBits &&
      rows.rows() * (d() + 1) <= Doubleton::kMostNumbers)
    box_.emplace(rows.rows(), d(), error_);
  if (track_neurons && !own_rows_) {
    product_.emplace(d() + 1, d(), bits, input_bits);
    product_error_ = product_->set(numeric::Rows<Ball>::identity(d()));
  }
  read_theta();
}

// (2) and (4) of the derivation; `rate` is the step size, `c_error` bounds |rate g~ - c|.
void ShadowState::step_sample(const GridInput& x, const BigInt& c, const Bound& rate, const Bound& c_error,
                              const Bound& direction) {
  const Bound e = error_, c_size = Bound::of(c, -factor_.bits());
  const Bound second_order = rate * e * e * x.norm * kHalf + c_error;  // of c, beyond rate <E, G>
  const Bound c_off = rate * e * direction + second_order;             // |c - c~|
  const Bound linear = reflected(rate * direction * direction) + c_size * x.norm;
  const Bound c_most = c_size + c_off;
  const bool inexact = !x.error.is_zero();
  Bound extra = second_order * direction + c_off * e * x.norm;
  if (inexact) extra += c_most * x.error * (factor_.norm() + e);
  if (product_) {
    const Bound f = product_error_;
    product_->multiply(x);
    product_error_ = f * (kOne + c_most * x.norm) + c_off * product_->direction(x);
    if (inexact) product_error_ += c_most * x.error * (product_->norm() + f);
    product_error_ += product_->step(x, c);
  }
  if (box_) factor_.describe(x, c, tangent_);
  extra += factor_.step(x, c);
  error_ = linear * e + extra;
  if (box_) error_ = box_->advance(tangent_, linear, extra, error_);
}

std::size_t ShadowState::do_apply_samples(SampleBlock<Ball>& block, const Ball& step_size) {
  const Bound rate = Bound::of(step_size);
  tangent_.rate = step_size.mid_double();
  std::size_t k = 0;
  for (; k < block.steps; ++k) {
    input_.set(*block.x[k], factor_.input_bits());
    factor_.multiply(input_);
    const Bound direction = factor_.direction(input_);
    Ball residual = factor_.output() - block.y[k] - block.noise[k];  // of the shadow
    if (!input_.error.is_zero()) {
      const Bound size = factor_.norm() + error_;
      (input_.error * size * size * kHalf).widen(residual.raw());  // |<theta, x - x~>|
    }
    const Ball c = step_size * residual;
    (error_ * direction + error_ * error_ * input_.norm * kHalf).widen(residual.raw());
    if (model::magnitude(residual) != Magnitude::ordinary) break;
    block.c[k] = step_size * residual;
    step_sample(input_, factor_.coefficient(c), rate,
                Bound::radius_of(c.raw()) + Bound::power_of_two(-factor_.bits()), direction);
  }
  read_theta();
  return k;
}

// (5), and (6) where the feedback through theta is known.
void ShadowState::do_apply(const RightStep<Ball>& step) {
  const Bound c = Bound::of(step.c);
  Bound factor = kOne;
  if (step.v != nullptr) factor += Bound::of(step.kappa) * norm_of(*step.v);
  const Bound growth = c * norm_of(*step.q) * factor;
  Bound linear = kOne + growth, extra, product_extra;
  RightStep<Ball> taken = step;
  if (feedback_) {
    const Feedback& f = *feedback_;
    taken.q = f.q;
    linear = f.contraction + growth;
    extra = c * f.a * f.direction * error_ * error_ * kHalf;
    if (product_) product_extra = c * f.moved * product_->norm();
  }
  error_ = linear * error_ + extra + move(factor_, taken, scratch_);
  if (box_) box_->restart(error_);
  if (product_)
    product_error_ = (kOne + growth) * product_error_ + product_extra + move(*product_, taken, scratch_);
  read_theta();
}

ShadowState::Feedback ShadowState::feedback_of(const Symmetric<Ball>& a, const Vector& q,
                                               const Ball& c) const {
  constexpr long kCoarse = 64;
  const numeric::WorkingPrecision coarse(kCoarse);
  Rows z(factor_.rows(), d());
  factor_.get(z);
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j <= d(); ++j) {
      Ball entry = z.get(i, j);
      arb_set_round(entry.raw(), entry.raw(), kCoarse);
      z.set(i, j, entry);
    }
  Symmetric<Ball> s(d() + 1);
  add_gram(z, s);
  // K = |a|^2 I + W^T W; the largest absolute row sums of K, A and A K bound their spectral radii.
  Bound largest_k, largest_a, largest_ak;
  std::vector<Bound> ak(d());
  Vector column(d()), product(d());
  for (std::size_t j = 0; j < d(); ++j) {
    Bound k_sum, a_sum;
    for (std::size_t i = 0; i < d(); ++i) {
      column.set(i, i == j ? Ball(s.get(i, i) + s.get(d(), d())) : s.get(i, j));
      k_sum += Bound::of(column.get(i));
      a_sum += Bound::of(a.get(i, j));
    }
    multiply(a, column, product);
    for (std::size_t i = 0; i < d(); ++i) ak[i] += Bound::of(product.get(i));
    if (largest_k < k_sum) largest_k = k_sum;
    if (largest_a < a_sum) largest_a = a_sum;
  }
  for (const Bound& sum : ak)
    if (largest_ak < sum) largest_ak = sum;
  Feedback f;
  f.q = &q;
  f.a = largest_a;
  f.direction = sqrt(largest_k);
  f.contraction = reflected(Bound::of(c) * largest_ak);
  f.moved = f.a * (error_ * f.direction + error_ * error_ * kHalf);
  return f;
}

void ShadowState::apply_gradient(const Symmetric<Ball>& a, const Vector& q_of_shadow, const Ball& c) {
  feedback_ = feedback_of(a, q_of_shadow, c);
  Vector q = q_of_shadow;
  for (std::size_t j = 0; j < d(); ++j) feedback_->moved.widen(q.data() + j);
  RightStep<Ball> step;
  step.q = &q;
  step.c = c;
  apply(step);
  feedback_.reset();
}

}  // namespace escapement::certify

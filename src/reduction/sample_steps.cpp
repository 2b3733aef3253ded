// Single-sample steps of the width-free state in Mp (fixed point, see fixed_rows.h) and Ball. Both know p = R_W x from
// the update, so the output is a.p, 2 d operations instead of the 2 d^2 of theta = R_W^T a; theta is for those who look.
#include "escapement/numeric/mutant.h"
#include "escapement/reduction/width_free_state.h"

namespace escapement::reduction {

using model::Magnitude;
using model::RightStep;
using model::SampleBlock;
using numeric::Ball;
using numeric::Mp;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Vector;

namespace {

// W <- W - c a x^T, a <- a - c p.
void move(Rows<Ball>& z, const Vector<Ball>& x, const Ball& c, model::RowScratch<Ball>& scratch) {
  scratch.moved = scratch.second;
  scale(scratch.moved, c);
  subtract_outer(z, scratch.moved, x);
  add_scaled(scratch.second, Ball(-c), scratch.p);
  set_second(z, scratch.second);
}

void multiply(const Rows<Ball>& z, const Vector<Ball>& x, model::RowScratch<Ball>& scratch) {
  if (scratch.p.size() != z.rows()) scratch.p = scratch.second = Vector<Ball>(z.rows());
  first_layer_times(z, x, scratch.p);
  get_second(z, scratch.second);
}

}  // namespace

template <>
std::size_t WidthFreeState<Ball>::do_apply_samples(SampleBlock<Ball>& block, const Ball& step_size) {
  std::size_t k = 0;
  for (; k < block.steps; ++k) {
    const Vector<Ball>& x = *block.x[k];
    multiply(factor_, x, factor_scratch_);
    const Ball residual = dot(factor_scratch_.second, factor_scratch_.p) - block.y[k] - block.noise[k];
    if (model::magnitude(residual) != Magnitude::ordinary) break;
    block.c[k] = step_size * residual;
    if (mutated(Mutant::enclosure_dropped)) block.c[k] = block.c[k].mid();
    move(factor_, x, block.c[k], factor_scratch_);
    if (!product_) continue;
    multiply(*product_, x, product_scratch_);
    move(*product_, x, block.c[k], product_scratch_);
  }
  transposed_times_second(factor_, theta_);
  return k;
}

template <>
std::size_t WidthFreeState<Mp>::do_apply_samples(SampleBlock<Mp>& block, const Mp& step_size) {
  if (block.steps == 0) return 0;
  if (!fixed_factor_) {
    forget_representations();
    if (!FixedRows::can_hold(factor_) || (product_ && !FixedRows::can_hold(*product_)))
      return model::State<Mp>::do_apply_samples(block, step_size);
    fixed_factor_.emplace(factor_);
    if (product_) fixed_product_.emplace(*product_);
  }
  FixedInput x;
  Vector<Mp> c(1);
  std::size_t k = 0;
  for (; k < block.steps; ++k) {
    x.set(*block.x[k], fixed_factor_->input_limbs());
    const Vector<Mp>& p = fixed_factor_->multiply(x);
    const Mp residual = dot(fixed_factor_->second(), p) - block.y[k] - block.noise[k];
    if (model::magnitude(residual) != Magnitude::ordinary) break;
    block.c[k] = step_size * residual;
    c.set(0, block.c[k]);
    fixed_factor_->step(x, arb_midref(c.data()));
    if (!fixed_product_) continue;
    fixed_product_->multiply(x);
    fixed_product_->step(x, arb_midref(c.data()));
  }
  fixed_factor_->read(factor_);
  if (fixed_product_) fixed_product_->read(*product_);
  transposed_times_second(factor_, theta_);
  return k;
}

template <>
void WidthFreeState<Mp>::set_words(WordRows factor, std::optional<WordRows> product) {
  forget_representations();
  join(factor, factor_);
  if (product) join(*product, *product_);
  transposed_times_second(factor_, theta_);
  word_factor_ = std::move(factor);
  word_product_ = std::move(product);
}

}  // namespace escapement::reduction

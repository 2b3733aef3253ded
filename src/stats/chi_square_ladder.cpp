#include "escapement/stats/chi_square_ladder.h"

#include <algorithm>

#include <arb_hypgeom.h>

namespace escapement::stats {

namespace {

constexpr long kFirstBlock = 32,
               kLongestBlock = 4096;  // doubling: an incomplete gamma function costs many terms

Ball half_of(long d) {
  Ball half;
  arb_set_si(half.raw(), d);
  arb_mul_2exp_si(half.raw(), half.raw(), -1);
  return half;
}

}  // namespace

Ball chi_square_at(Tail tail, long d, const Ball& x, long bits) {
  Ball result;
  if (!arb_is_positive(x.raw())) {
    if (tail == Tail::upper) arb_one(result.raw());
    return result;
  }
  Ball half_x;
  arb_mul_2exp_si(half_x.raw(), x.raw(), -1);
  if (tail == Tail::lower)
    arb_hypgeom_gamma_lower(result.raw(), half_of(d).raw(), half_x.raw(), /*regularized=*/1, bits);
  else
    arb_hypgeom_gamma_upper(result.raw(), half_of(d).raw(), half_x.raw(), /*regularized=*/1, bits);
  return result;
}

ChiSquareLadder::ChiSquareLadder(Tail tail, long d, const Ball& x, long bits)
    : tail_(tail), d_(d), bits_(bits), x_(x), nu_(d), next_d_(d), block_size_(kFirstBlock) {
  arb_mul_2exp_si(half_x_.raw(), x.raw(), -1);
  // u_d = exp( (d/2) log(x/2) - x/2 ) / Gamma(d/2 + 1)
  Ball factor, exponential;
  arb_pow(term_.raw(), half_x_.raw(), half_of(d).raw(), bits);
  arb_neg(exponential.raw(), half_x_.raw());
  arb_exp(exponential.raw(), exponential.raw(), bits);
  arb_mul(term_.raw(), term_.raw(), exponential.raw(), bits);
  arb_rgamma(factor.raw(), half_of(d + 2).raw(), bits);
  arb_mul(term_.raw(), term_.raw(), factor.raw(), bits);
  if (tail == Tail::upper) upper_ = chi_square_at(tail, d, x, bits);
}

Ball ChiSquareLadder::take_term() {
  Ball taken = term_;
  nu_ += 2;
  arb_mul(term_.raw(), term_.raw(), half_x_.raw(), bits_);
  arb_div(term_.raw(), term_.raw(), half_of(nu_).raw(), bits_);
  return taken;
}

Ball ChiSquareLadder::next() {
  if (tail_ == Tail::upper) {
    Ball value = upper_;
    arb_add(upper_.raw(), upper_.raw(), take_term().raw(), bits_);
    return value;
  }
  if (block_.empty()) {
    std::vector<Ball> terms;
    for (long i = 0; i + 1 < block_size_; ++i) terms.push_back(take_term());
    take_term();
    block_.push_back(chi_square_at(tail_, next_d_ + 2 * (block_size_ - 1), x_, bits_));
    for (long i = block_size_ - 2; i >= 0; --i) {
      Ball value;
      arb_add(value.raw(), block_.back().raw(), terms[static_cast<std::size_t>(i)].raw(), bits_);
      block_.push_back(value);
    }
    next_d_ += 2 * block_size_;
    block_size_ = std::min(2 * block_size_, kLongestBlock);
  }
  Ball value = block_.back();
  block_.pop_back();
  return value;
}

}  // namespace escapement::stats

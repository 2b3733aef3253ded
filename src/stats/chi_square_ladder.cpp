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

// u_d = exp( (d/2) log(x/2) - x/2 ) / Gamma(d/2 + 1)
Ball first_term(long d, const Ball& half_x, long bits) {
  Ball term, factor;
  arb_pow(term.raw(), half_x.raw(), half_of(d).raw(), bits);
  arb_neg(factor.raw(), half_x.raw());
  arb_exp(factor.raw(), factor.raw(), bits);
  arb_mul(term.raw(), term.raw(), factor.raw(), bits);
  arb_rgamma(factor.raw(), half_of(d + 2).raw(), bits);
  arb_mul(term.raw(), term.raw(), factor.raw(), bits);
  return term;
}

// P( chi^2_d <= x ) = u_d + u_(d+2) + ... where d > x: positive terms, each at most (x/2)/(d/2 + 1) < 1 of the one before,
// and that ratio falls. (Arb 2.23 encloses such a tail in balls far wider than itself.)
Ball sum_of_terms(long d, const Ball& half_x, long bits) {
  Ball term = first_term(d, half_x, bits), sum, ratio, rest, tolerance;
  for (long nu = d + 2;; nu += 2) {
    arb_add(sum.raw(), sum.raw(), term.raw(), bits);
    arb_div(ratio.raw(), half_x.raw(), half_of(nu).raw(), bits);
    arb_mul(term.raw(), term.raw(), ratio.raw(), bits);
    arb_sub(rest.raw(), Ball(1).raw(), ratio.raw(), bits);
    arb_div(rest.raw(), term.raw(), rest.raw(), bits);  // at least all the terms from here on
    arb_mul_2exp_si(tolerance.raw(), sum.raw(), -bits);
    if (arb_lt(rest.raw(), tolerance.raw()) != 0) break;
  }
  arb_add_error(sum.raw(), rest.raw());
  return sum;
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
  if (tail == Tail::lower && arb_lt(half_x.raw(), half_of(d).raw()) != 0)
    return sum_of_terms(d, half_x, bits);
  if (tail == Tail::lower)
    arb_hypgeom_gamma_lower(result.raw(), half_of(d).raw(), half_x.raw(), /*regularized=*/1, bits);
  else
    arb_hypgeom_gamma_upper(result.raw(), half_of(d).raw(), half_x.raw(), /*regularized=*/1, bits);
  return result;
}

ChiSquareLadder::ChiSquareLadder(Tail tail, long d, const Ball& x, long bits)
    : tail_(tail), d_(d), bits_(bits), x_(x), nu_(d), next_d_(d), block_size_(kFirstBlock) {
  arb_mul_2exp_si(half_x_.raw(), x.raw(), -1);
  term_ = first_term(d, half_x_, bits);
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

#include "escapement/stats/ruben_series.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/check.h"

namespace escapement::stats {

namespace {

bool below(const Ball& a, const Ball& b) { return arb_lt(a.raw(), b.raw()) != 0; }

// The weights c_j >= 0, sum 1, of  sum_k lambda_k u_k^2 ~ beta chi^2_(d + 2J), P(J = j) = c_j, beta = min lambda:
//   sum_j c_j z^j = prod_k (1 - gamma_k)^(1/2) (1 - gamma_k z)^(-1/2),   gamma_k = 1 - beta/lambda_k in [0, 1).
// By C'/C = (1/2) sum_k gamma_k / (1 - gamma_k z), with one power series A_k = gamma_k C / (1 - gamma_k z) a factor.
// And a bound of the rest, b_j >= c_j from all gamma_k replaced by the largest in (1 - gamma_k z)^(-1/2).
class Weights {
 public:
  Weights(std::vector<Ball> lambda, long bits) : bits_(bits) {
    std::sort(lambda.begin(), lambda.end(), below);
    beta_ = lambda.front();
    arb_one(c_.raw());
    for (const Ball& value : lambda) {
      if (value.identical(beta_)) continue;
      if (factors_.empty() || !value.identical(factors_.back().lambda)) add_factor(value);
      ++factors_.back().count;
      ++differing_;
      arb_mul(c_.raw(), c_.raw(), factors_.back().root.raw(), bits);
    }
    bound_ = c_;
  }

  const Ball& beta() const { return beta_; }
  bool only_one() const { return factors_.empty(); }  // all lambda equal: c_0 = 1
  const Ball& current() const { return c_; }

  void advance() {
    Ball sum, product;
    for (Factor& f : factors_) {
      arb_add(f.series.raw(), f.series.raw(), c_.raw(), bits_);
      arb_mul(f.series.raw(), f.series.raw(), f.gamma.raw(), bits_);
      arb_addmul_si(sum.raw(), f.series.raw(), f.count, bits_);
    }
    advance_bound();
    ++j_;
    arb_div_si(c_.raw(), sum.raw(), 2 * j_, bits_);
  }

  // At least c_j + c_(j+1) + ..., j the current one: b_j / (1 - ratio), 1 where that says nothing.
  Ball rest() const {
    Ball one(1), ratio = largest_gamma();
    if (differing_ > 2) {  // b_(i+1) / b_i = gamma (differing/2 + i) / (i + 1), which falls with i
      arb_mul_si(ratio.raw(), ratio.raw(), differing_ + 2 * j_, bits_);
      arb_div_si(ratio.raw(), ratio.raw(), 2 * (j_ + 1), bits_);
    }
    if (!below(ratio, one)) return one;
    Ball result;
    arb_sub(ratio.raw(), one.raw(), ratio.raw(), bits_);
    arb_div(result.raw(), bound_.raw(), ratio.raw(), bits_);
    return result;
  }

 private:
  struct Factor {
    Ball lambda, gamma, root,
        series;  // root = (beta/lambda)^(1/2), series: the coefficient of z^(j-1) of A_k
    long count = 0;
  };

  void add_factor(const Ball& value) {
    Factor f;
    f.lambda = value;
    Ball difference;
    arb_sub(difference.raw(), value.raw(), beta_.raw(), bits_);
    arb_div(f.gamma.raw(), difference.raw(), value.raw(), bits_);
    arb_div(f.root.raw(), beta_.raw(), value.raw(), bits_);
    arb_sqrt(f.root.raw(), f.root.raw(), bits_);
    factors_.push_back(std::move(f));
  }

  const Ball& largest_gamma() const { return factors_.back().gamma; }

  void advance_bound() {
    arb_mul(bound_.raw(), bound_.raw(), largest_gamma().raw(), bits_);
    arb_mul_si(bound_.raw(), bound_.raw(), differing_ + 2 * j_, bits_);
    arb_div_si(bound_.raw(), bound_.raw(), 2 * (j_ + 1), bits_);
  }

  long bits_;
  std::vector<Factor> factors_;
  Ball beta_, c_, bound_;
  long differing_ = 0, j_ = 0;
};

}  // namespace

Ball ruben_series(Tail tail, const std::vector<Ball>& lambda, const Ball& t, long max_terms, long bits) {
  ESCAPEMENT_CHECK(!lambda.empty() && max_terms >= 1 && arb_is_positive(t.raw()));
  Weights weights(lambda, bits);
  ESCAPEMENT_CHECK(arb_is_positive(weights.beta().raw()));
  const auto d = static_cast<long>(lambda.size());
  Ball x;  // t / beta, with the radius of one rounding; its ends bracket the answer
  arb_div(x.raw(), t.raw(), weights.beta().raw(), bits);

  ChiSquareLadder ladder(tail, d, x, bits);
  Ball sum, total, rest, remaining, tolerance;
  for (long j = 0; j < max_terms; ++j) {
    const Ball tail_here = ladder.next();
    arb_addmul(sum.raw(), weights.current().raw(), tail_here.raw(), bits);
    if (weights.only_one()) return sum;
    arb_add(total.raw(), total.raw(), weights.current().raw(), bits);
    weights.advance();
    if (j % 8 != 7 && j + 1 != max_terms) continue;
    // All that is left: tails of at most this one (lower) or 1 (upper), weights of at most 1 - total, or the geometric
    // bound.
    rest = weights.rest();
    arb_sub(remaining.raw(), Ball(1).raw(), total.raw(), bits);
    if (below(remaining, rest)) rest = remaining;
    if (tail == Tail::lower) arb_mul(rest.raw(), rest.raw(), tail_here.raw(), bits);
    arb_mul_2exp_si(tolerance.raw(), sum.raw(), -bits);
    if (below(rest, tolerance)) break;
  }
  // Of [0, rest] the ball's half on the left is lost in the radius: sum + rest/2 +- rest/2.
  Ball half;
  arb_get_ubound_arf(arb_midref(half.raw()), rest.raw(), 64);
  arb_mul_2exp_si(half.raw(), half.raw(), -1);
  arb_add(sum.raw(), sum.raw(), half.raw(), bits);
  arb_add_error(sum.raw(), half.raw());
  return sum;
}

double ruben_terms(Tail tail, const std::vector<Ball>& lambda, const Ball& t, long bits) {
  const auto [least, greatest] = std::minmax_element(lambda.begin(), lambda.end(), below);
  Ball spread, x;
  arb_div(spread.raw(), greatest->raw(), least->raw(), 64);
  arb_div(x.raw(), t.raw(), least->raw(), 64);
  // Upper: the weights fall like (1 - 1/spread)^j, to 2^-bits of a tail e^(-t / (2 greatest)). Lower: or the tails fall
  // faster than geometrically once j exceeds x.
  const double by_weights = spread.mid_double() * static_cast<double>(bits) + x.mid_double();
  const double by_tails = 2 * x.mid_double() + static_cast<double>(bits);
  return tail == Tail::upper ? by_weights : std::min(by_weights, by_tails);
}

}  // namespace escapement::stats

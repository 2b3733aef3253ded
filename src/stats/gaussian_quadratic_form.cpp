#include "escapement/stats/gaussian_quadratic_form.h"

#include <algorithm>
#include <optional>

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/monotone.h"
#include "escapement/stats/ruben_series.h"

namespace escapement::stats {

namespace {

struct Setting {
  Tail tail;
  long max_terms, bits;
};

Ball at_point(const std::vector<Ball>& lambda, const Ball& t, const Setting& s);

Ball one_minus(const Ball& x, long bits) {
  Ball result;
  arb_sub(result.raw(), Ball(1).raw(), x.raw(), bits);
  return result;
}

// lambda ascending, cut before the widest gap: Q = small + large. For any s > 0, with delta = P( small > s ),
//   P( large <= t - s ) (1 - delta) <= P( Q <= t ) <= P( large <= t )
//   P( large > t ) <= P( Q > t ) <= P( large > t - s ) + delta.
// small <= (its largest lambda) chi^2_r; s is chosen so that delta is negligible against either answer.
Ball without_the_small(const std::vector<Ball>& lambda, std::size_t cut, const Ball& t, const Setting& s) {
  const auto r = static_cast<long>(cut);
  const Ball& small = lambda[cut - 1];
  const std::vector<Ball> large(lambda.begin() + r, lambda.end());
  Ball y, scaled;  // s = small y
  arb_div(y.raw(), t.raw(), large.front().raw(), s.bits);
  if (s.tail == Tail::lower) arb_zero(y.raw());
  arb_add_si(y.raw(), y.raw(), 2 * r + 4 * s.bits, s.bits);
  y = upper_end(y, s.bits);
  arb_mul(scaled.raw(), y.raw(), small.raw(), s.bits);
  const Ball delta = chi_square_at(Tail::upper, r, y, s.bits);
  Ball shorter;
  arb_sub(shorter.raw(), t.raw(), scaled.raw(), s.bits);
  shorter = lower_end(shorter, s.bits);

  Ball near = at_point(large, t, s), far = at_point(large, shorter, s), hull;
  if (s.tail == Tail::lower)
    arb_mul(far.raw(), far.raw(), one_minus(delta, s.bits).raw(), s.bits);
  else
    arb_add(far.raw(), far.raw(), delta.raw(), s.bits);
  arb_union(hull.raw(), near.raw(), far.raw(), s.bits);
  return hull;
}

// Of two enclosures of the same number: what they share, or one of them where that is tighter as a ball, or where one is
// not finite.
Ball tighter(const Ball& a, const Ball& b, long bits) {
  Ball best = arb_le(b.radius().raw(), a.radius().raw()) != 0 ? b : a, shared;
  if (!a.is_finite() || !b.is_finite()) return a.is_finite() ? a : b;
  if (arb_intersection(shared.raw(), a.raw(), b.raw(), bits) == 0) return best;
  return arb_le(shared.radius().raw(), best.radius().raw()) != 0 ? shared : best;
}

// Exact lambda >= 0, ascending, and exact t.
Ball at_point(const std::vector<Ball>& all, const Ball& t, const Setting& s) {
  std::vector<Ball> lambda;
  for (const Ball& value : all)
    if (arb_is_positive(value.raw())) lambda.push_back(value);
  const bool inside = lambda.empty() ? arb_is_nonnegative(t.raw()) != 0 : arb_is_positive(t.raw()) != 0;
  if (lambda.empty() || !inside) return Ball(inside == (s.tail == Tail::lower) ? 1 : 0);
  const auto accurate = [&](const Ball& x) {
    Ball tolerance;
    arb_mul_2exp_si(tolerance.raw(), x.mid().raw(), -s.bits / 2);
    return arb_le(x.radius().raw(), tolerance.raw()) != 0;
  };
  std::optional<Ball> summed;
  if (ruben_terms(s.tail, lambda, t, s.bits) <= static_cast<double>(s.max_terms)) {
    summed = ruben_series(s.tail, lambda, t, s.max_terms, s.bits);
    if (accurate(*summed)) return *summed;
  }
  std::size_t cut = 0;
  Ball widest(1), gap;
  for (std::size_t i = 1; i < lambda.size(); ++i) {
    arb_div(gap.raw(), lambda[i].raw(), lambda[i - 1].raw(), 64);
    if (arb_gt(gap.raw(), widest.raw())) {
      widest = gap;
      cut = i;
    }
  }
  std::optional<Ball> split;
  if (cut != 0) {
    split = without_the_small(lambda, cut, t, s);
    if (accurate(*split)) return *split;
  }
  if (!summed) summed = ruben_series(s.tail, lambda, t, s.max_terms, s.bits);
  return split ? tighter(*split, *summed, s.bits) : *summed;
}

Ball enclose(Tail tail, const std::vector<Ball>& lambda, const Ball& t, long max_terms) {
  ESCAPEMENT_CHECK(t.is_finite() && max_terms >= 1);
  const Setting s{tail, max_terms, numeric::working_bits() + kGuardBits};
  std::vector<Ball> least, greatest;
  for (const Ball& value : lambda) {
    ESCAPEMENT_CHECK(value.is_finite() && !arb_is_negative(value.raw()));
    least.push_back(lower_end(value, s.bits));
    greatest.push_back(upper_end(value, s.bits));
  }
  const auto below = [](const Ball& a, const Ball& b) { return arb_lt(a.raw(), b.raw()) != 0; };
  std::sort(least.begin(), least.end(), below);
  std::sort(greatest.begin(), greatest.end(), below);
  const Ball first = at_point(greatest, lower_end(t, s.bits), s);
  return probability_hull(first, at_point(least, upper_end(t, s.bits), s));
}

}  // namespace

Ball quadratic_form_cdf(const std::vector<Ball>& lambda, const Ball& t, long max_terms) {
  return enclose(Tail::lower, lambda, t, max_terms);
}

Ball quadratic_form_survival(const std::vector<Ball>& lambda, const Ball& t, long max_terms) {
  return enclose(Tail::upper, lambda, t, max_terms);
}

}  // namespace escapement::stats

#include "escapement/theory/escape_law.h"

#include <vector>

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/scalar_ops.h"
#include "escapement/stats/chi_square.h"
#include "escapement/stats/gaussian_quadratic_form.h"
#include "escapement/theory/enclosed_eigenvalues.h"

namespace escapement::theory {

using numeric::Truth;

namespace {

constexpr long kTerms = 500;        // of Ruben's series; its price is their square
constexpr int kFarOut = 1'000'000;  // squared deviations: beyond, a bound of the normal tail will do
constexpr long kAccurateBits = 10;  // what is known better than that needs no bounds

// P( sum lambda_k u_k^2 <= t ). Where the series is too slow, because a direction has hardly moved, the probability is
// between those of the form with such directions raised to a part of the largest and of the form without them.
Ball form_cdf(const std::vector<Ball>& lambda, const Ball& t) {
  Ball best = stats::quadratic_form_cdf(lambda, t, kTerms);
  if (lambda.empty()) return best;
  Ball largest = lambda.front();
  for (const Ball& l : lambda) largest = numeric::maximum_of(largest, l);
  for (const int part : {100, 10}) {
    if (arb_rel_accuracy_bits(best.raw()) >= kAccurateBits) break;
    const Ball floor = largest / Ball(part);
    std::vector<Ball> raised, kept;
    for (const Ball& l : lambda) {
      raised.push_back(numeric::maximum_of(floor, l));
      if (less_equal(floor, l) == Truth::yes) kept.push_back(l);
    }
    const Ball between = numeric::hull(stats::quadratic_form_cdf(raised, t, kTerms),
                                       stats::quadratic_form_cdf(kept, t, kTerms));
    if (between.is_finite() && less(between.radius(), best.radius()) == Truth::yes) best = between;
  }
  return best;
}

// |z D| >= s |w(0)| - |a(0)| |a-row of D|, s the least singular value: a neuron with |w(0)| >= floor stays only where
// |a(0)| >= (s floor - r)/|a-row|. An upper bound of that probability.
Ball long_stays(const Ball& s, const Ball& row, const Ball& width, const Ball& factor, const Ball& r,
                const Ball& floor) {
  const Ball reach = s * floor - r;
  if (less(Ball(0), reach) != Truth::yes) return Ball(1);
  if (less(Ball(0), row) != Truth::yes) return Ball(0);
  const Ball deviations = reach / (row * factor);
  const Ball x = (deviations * deviations * width).lower();
  if (less(Ball(kFarOut), x) != Truth::yes) return stats::chi_square_survival(1, x);
  // P( chi^2_1 > x ) <= e^(-x/2) <= 2^-floor(x/2): exact, and no precision is asked for an exponent of a thousand digits.
  fmpz_t exponent;
  fmpz_init(exponent);
  arf_get_fmpz(exponent, arb_midref((x / Ball(2)).lower().raw()), ARF_RND_FLOOR);
  fmpz_neg(exponent, exponent);
  Ball bound(1);
  arb_mul_2exp_fmpz(bound.raw(), bound.raw(), exponent);
  fmpz_clear(exponent);
  return bound;
}

}  // namespace

EscapeLaw escape_law(const numeric::Rows<double>& product, const numeric::BigInt& m, const Ball& factor,
                     const Ball& r, const Ball& floor) {
  const auto d = static_cast<Eigen::Index>(product.d());
  Eigen::MatrixXd w(d, d);  // of D, what w(0) contributes
  Eigen::RowVectorXd a(d);  // what a(0) does
  for (Eigen::Index j = 0; j < d; ++j) {
    for (Eigen::Index i = 0; i < d; ++i)
      w(i, j) = product.get(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) - (i == j ? 1 : 0);
    a(j) = product.get(static_cast<std::size_t>(d), static_cast<std::size_t>(j));
  }
  const Ball width = Ball::from(numeric::Exact(m));
  const auto second_variance = static_cast<double>(numeric::Exact(1) / numeric::Exact(m));
  const Eigen::MatrixXd form =
      w.transpose() * w / static_cast<double>(d) + a.transpose() * a * second_variance;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(form, Eigen::EigenvaluesOnly);
  std::vector<Ball> lambda;
  const Ball scale = factor * factor;
  for (Eigen::Index k = 0; k < d; ++k)
    lambda.push_back(scale * Ball::dyadic(std::max(0.0, solver.eigenvalues()(k))));
  EscapeLaw law;
  law.stays = form_cdf(lambda, r * r);

  const double least = Eigen::JacobiSVD<Eigen::MatrixXd>(w).singularValues()(d - 1);
  law.long_stays = long_stays(Ball::dyadic(least), Ball::dyadic(a.norm()), width, factor, r, floor);
  return law;
}

EscapeLaw escape_law_of_displacement(const numeric::Rows<numeric::Mp>& displacement, const numeric::BigInt& m,
                                     const Ball& factor, const Ball& r, const Ball& floor) {
  const std::size_t d = displacement.d();
  const auto entry = [&](std::size_t i, std::size_t j) { return numeric::to_ball(displacement.get(i, j)); };
  const Ball width = Ball::from(numeric::Exact(m));
  BallMatrix first(d, std::vector<Ball>(d)), form = first;
  Ball row;
  for (std::size_t i = 0; i < d; ++i) {
    row += entry(d, i) * entry(d, i);
    for (std::size_t j = 0; j < d; ++j) {
      for (std::size_t k = 0; k < d; ++k) first[i][j] += entry(k, i) * entry(k, j);
      form[i][j] = first[i][j] / Ball(static_cast<int>(d)) + entry(d, i) * entry(d, j) / width;
    }
  }
  std::vector<Ball> lambda = enclosed_eigenvalues(form);
  for (Ball& value : lambda) value *= factor * factor;
  Ball least = enclosed_eigenvalues(first).front();
  least = less(Ball(0), least) == Truth::yes ? sqrt(least) : Ball(0);
  return {form_cdf(lambda, r * r), long_stays(least.lower(), sqrt(row), width, factor, r, floor)};
}

}  // namespace escapement::theory

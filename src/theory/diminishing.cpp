#include "escapement/theory/diminishing.h"

#include <algorithm>
#include <cmath>

#include <arb_hypgeom.h>
#include <boost/math/special_functions/beta.hpp>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/chi_square.h"

namespace escapement::theory {

using numeric::Ball;
using numeric::Rows;
using numeric::Vector;

namespace {

// |<x, w>| < s |x| for a direction x uniform on the sphere: the square of one coordinate is Beta(1/2, (d-1)/2).
// The s at which that has probability q.
Ball quantile_of_cosine(std::size_t d, const Ball& q) {
  constexpr double kSmall = 1e-9;
  if (d == 1) return Ball(1);  // |cos| = 1: nothing below 1, everything above
  const double rounded = q.mid_double();
  if (rounded >= kSmall)
    return Ball::dyadic(std::sqrt(boost::math::ibeta_inv(0.5, (static_cast<double>(d) - 1) / 2, rounded)));
  // The cosine's density is c (1 - t^2)^((d-3)/2), c = Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)): on |t| < s between c and
  // c (1 - s^2)^((d-3)/2), whichever is less. So s_q is between q/(2c) and that over the latter factor, at s = q/c.
  const Ball half_d = Ball(static_cast<int>(d)) / Ball(2), half = Ball(1) / Ball(2);
  Ball upper, lower, power;
  arb_gamma(upper.raw(), half_d.raw(), numeric::working_bits());
  arb_gamma(lower.raw(), (half_d - half).raw(), numeric::working_bits());
  const Ball density = upper / (sqrt(numeric::pi()) * lower), first = q / (Ball(2) * density);
  const Ball s = Ball(2) * first, exponent = Ball(3 - static_cast<int>(d)) / Ball(2);
  arb_pow(power.raw(), (Ball(1) - s * s).raw(), exponent.raw(), numeric::working_bits());
  return numeric::hull(first, first * power);
}

}  // namespace

template <class T>
DiminishingShares diminishing_shares(const Sight<T>& sight, const DiminishingBounds& bounds) {
  const model::Problem<T>& problem = sight.problem;
  const std::size_t n = problem.n, d = problem.d;
  const T sigma = problem.sigma, threshold = -numeric::from_exact<T>(bounds.threshold),
          zero = numeric::from_int<T>(0);
  const T radius = numeric::from_exact<T>(bounds.lazy_radius_squared);
  std::vector<T> squared;  // |x_k|^2
  std::vector<T> g[2];     // residual with eps = +sigma, -sigma
  for (std::size_t k = 0; k < n; ++k) {
    squared.push_back(dot(problem.x[k], problem.x[k]));
    const T residual = dot(sight.state.theta(), problem.x[k]) - problem.y[k];
    g[0].push_back(residual - sigma);
    g[1].push_back(residual + sigma);
  }
  DiminishingShares result;
  const double cases = 2 * static_cast<double>(n);
  model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t first, std::size_t size) {
    Rows<T> z(size, d), z0(size, d);
    Vector<T> p(size), second(size), moved(size);
    sight.state.neurons(first, z);
    sight.start.rows(first, z0);
    get_second(z, second);
    first_layer_distances(z, z0, moved);
    std::vector<std::uint32_t> positive(size), sized(size);
    std::vector<double> largest(size);
    for (std::size_t k = 0; k < n; ++k) {
      first_layer_times(z, problem.x[k], p);
      for (std::size_t i = 0; i < size; ++i) {
        const T a = second.get(i), pi = p.get(i);
        const T gain = a * a * squared[k] - pi * pi;
        for (const auto& residuals : g) {
          const T delta = residuals[k] * residuals[k] * gain;
          positive[i] += numeric::is_less(zero, delta) != Truth::no ? 1 : 0;
          sized[i] += numeric::is_less(threshold, delta) == Truth::no ? 1 : 0;
          largest[i] = std::max(largest[i], numeric::to_double(delta));
        }
      }
    }
    for (std::size_t i = 0; i < size; ++i) {
      const double up = positive[i] / cases, down = sized[i] / cases;
      result.most_positive = std::max(result.most_positive, up);
      result.least_sized = std::min(result.least_sized, down);
      result.largest_delta = std::max(result.largest_delta, largest[i]);
      result.mean_largest += largest[i];
      result.mean_positive += up;
      result.mean_sized += down;
      result.beyond_sign += up > bounds.sign ? 1 : 0;
      result.beyond_size += down < bounds.size ? 1 : 0;
      result.lazy = result.lazy && numeric::is_less(radius, moved.get(i)) == Truth::no;
    }
  });
  const auto m = static_cast<double>(sight.state.width());
  result.mean_positive /= m;
  result.mean_sized /= m;
  result.mean_largest /= m;
  return result;
}

Ball sign_exception_at_start(std::size_t d, const numeric::BigInt& m, const Ball& q) {
  if (less(Ball(0), q) != Truth::yes) return Ball(1);
  if (less(q, Ball(1)) != Truth::yes) return Ball(0);
  const Ball s = quantile_of_cosine(d, q);
  // P(|a|/|w| > s) with |w|^2 = chi^2_d/d, a^2 = chi^2_1/m: |w|^2/a^2 < 1/s^2 is F(d, 1) < 1/(m s^2), that is
  // I_x(d/2, 1/2) at x = c/(1 + c), c = d/(m s^2); d/m is far below one, so 1 - x is not.
  const Ball c = Ball(static_cast<int>(d)) / (Ball::from(numeric::Exact(m)) * s * s);
  Ball result;
  const Ball half = Ball(1) / Ball(2), shape = Ball(static_cast<int>(d)) / Ball(2), x = c / (Ball(1) + c);
  if (less(Ball(1), c) == Truth::yes) {  // the complement, at 1 - x = 1/(1 + c)
    const Ball rest = Ball(1) / (Ball(1) + c);
    arb_hypgeom_beta_lower(result.raw(), half.raw(), shape.raw(), rest.raw(), 1, numeric::working_bits());
    return Ball(1) - result;
  }
  arb_hypgeom_beta_lower(result.raw(), shape.raw(), half.raw(), x.raw(), 1, numeric::working_bits());
  return result;
}

Ball size_exception_at_start(std::size_t d, const numeric::BigInt& m, const numeric::Exact& sigma,
                             const numeric::Exact& threshold, const Ball& c_data, const Ball& theta_norm) {
  const Ball residual = Ball::from(sigma) + c_data * (Ball(2) + theta_norm);
  const Ball r_squared = Ball::from(threshold) / (c_data * c_data * residual * residual);
  const Ball one = stats::chi_square_cdf(static_cast<long>(d), Ball(static_cast<int>(d)) * r_squared);
  const Ball many = Ball::from(numeric::Exact(m)) * one;
  return numeric::minimum(many, Ball(1)) / Ball(4);
}

#define ESCAPEMENT_INSTANTIATE(T) \
  template DiminishingShares diminishing_shares(const Sight<T>&, const DiminishingBounds&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::theory

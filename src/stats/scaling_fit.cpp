#include "escapement/stats/scaling_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include "escapement/numeric/check.h"

namespace escapement::stats {

namespace {

// Weighted line. Point i is known to have a standard error of at least error / sqrt(weight[i]); 0: nothing is known.
ScalingFit fit(std::span<const double> x, std::span<const double> y, const std::vector<double>& weight,
               double error, double confidence) {
  ESCAPEMENT_CHECK(x.size() == y.size() && confidence > 0 && confidence < 1);
  ScalingFit result;
  result.points = x.size();
  result.confidence = confidence;
  double total = 0, mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) || !std::isfinite(y[i])) return result;
    total += weight[i];
    mean_x += weight[i] * x[i];
    mean_y += weight[i] * y[i];
  }
  if (x.size() < 2) return result;
  const auto [least, greatest] = std::minmax_element(x.begin(), x.end());
  if (*least == *greatest) return result;
  mean_x /= total;
  mean_y /= total;

  double spread = 0, product = 0;  // sums of w dx^2 and w dx dy
  for (std::size_t i = 0; i < x.size(); ++i) {
    spread += weight[i] * (x[i] - mean_x) * (x[i] - mean_x);
    product += weight[i] * (x[i] - mean_x) * (y[i] - mean_y);
  }
  const double slope = product / spread;
  result.exponent = slope;
  result.log_prefactor = mean_y - slope * mean_x;
  if (x.size() < 3) return result;

  double residual = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double r = (y[i] - mean_y) - slope * (x[i] - mean_x);
    residual += weight[i] * r * r;
  }
  const auto freedom = static_cast<double>(x.size() - 2);
  const double scatter = std::sqrt(residual / freedom);
  result.scatter = error > 0 ? scatter / error : scatter;
  const double t =
      boost::math::quantile(boost::math::complement(boost::math::students_t(freedom), (1 - confidence) / 2));
  const double half = t * std::max(scatter, error) / std::sqrt(spread);
  result.interval = Interval{slope - half, slope + half};
  return result;
}

}  // namespace

ScalingFit fit_exponent(std::span<const double> log_x, std::span<const double> log_y, double confidence) {
  return fit(log_x, log_y, std::vector<double>(log_x.size(), 1.0), 0.0, confidence);
}

ScalingFit fit_exponent(std::span<const double> log_x, std::span<const double> log_y,
                        std::span<const double> standard_errors, double confidence) {
  ESCAPEMENT_CHECK(log_x.size() == standard_errors.size());
  for (const double e : standard_errors) ESCAPEMENT_CHECK(e > 0 && std::isfinite(e));
  if (standard_errors.empty()) return fit(log_x, log_y, {}, 0.0, confidence);
  // Weights relative to the best point: errors below 1e-154 have no square.
  const double least = *std::min_element(standard_errors.begin(), standard_errors.end());
  std::vector<double> weight;
  for (const double e : standard_errors) weight.push_back((least / e) * (least / e));
  return fit(log_x, log_y, weight, least, confidence);
}

}  // namespace escapement::stats

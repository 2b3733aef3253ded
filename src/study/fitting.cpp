#include "escapement/study/fitting.h"

#include <cmath>

#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/scalar_ops.h"
#include "escapement/stats/scaling_fit.h"

namespace escapement::study {

namespace {

constexpr int kDigits = 12;

Fit of(std::string name, const stats::ScalingFit& fit, std::string_view rule, std::string_view points) {
  Fit result{std::move(name), fit.exponent.value_or(std::nan("")), {}, {}};
  if (fit.interval) result.interval = {fit.interval->low, fit.interval->high};
  result.basis = fmt::format("{} over {} points ({})", rule, fit.points, points);
  return result;
}

}  // namespace

std::string cell(double value) { return std::isfinite(value) ? fmt::format("{:.10g}", value) : ""; }

std::string cell(const numeric::Ball& value) {
  if (value.is_exact() && value.contains_zero()) return "0";
  return numeric::decimal(value, kDigits);
}

std::string cell(std::uint64_t count) { return std::to_string(count); }

std::string cell(const numeric::Exact& value) {
  return fmt::format("{}", numeric::from_exact<double>(value));
}

double log_of(const numeric::Ball& value) { return numeric::log(value.mid()).mid_double(); }

Fit exponent(std::string name, std::span<const double> log_x, std::span<const double> log_y,
             std::string_view points) {
  return of(std::move(name), stats::fit_exponent(log_x, log_y, kConfidence), "power law", points);
}

Fit slope(std::string name, std::span<const double> x, std::span<const double> y, std::string_view points) {
  return of(std::move(name), stats::fit_exponent(x, y, kConfidence), "straight line", points);
}

Fit mean(std::string name, std::span<const double> values, std::string_view points) {
  const auto count = static_cast<double>(values.size());
  double mean = 0, squared = 0;
  for (const double x : values) mean += x / count;
  for (const double x : values) squared += (x - mean) * (x - mean);
  Fit fit{std::move(name),
          values.empty() ? std::nan("") : mean,
          {},
          fmt::format("mean of {} points ({})", values.size(), points)};
  if (values.size() < 2) return fit;
  const double t = boost::math::quantile(
      boost::math::complement(boost::math::students_t(count - 1), (1 - kConfidence) / 2));
  const double half = t * std::sqrt(squared / (count - 1) / count);
  fit.interval = {mean - half, mean + half};
  return fit;
}

Fit geometric_mean(std::string name, std::span<const double> logs, std::string_view points) {
  Fit fit = mean(std::move(name), logs, points);
  fit.estimate = std::exp(fit.estimate);
  if (fit.interval) fit.interval = {std::exp(fit.interval->first), std::exp(fit.interval->second)};
  fit.basis = "geometric " + fit.basis;
  return fit;
}

Fit bracket(std::string name, double low, double high, std::string basis) {
  return {std::move(name), std::sqrt(low) * std::sqrt(high), std::pair(low, high), std::move(basis)};
}

}  // namespace escapement::study

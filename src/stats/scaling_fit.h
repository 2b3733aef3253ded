// The exponent b of y ~ c x^b along a ladder: a straight line through (log x, log y).
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "escapement/stats/intervals.h"

namespace escapement::stats {

struct ScalingFit {
  std::optional<double> exponent;  // absent where fewer than two different x, or where a value is not finite
  std::optional<double> log_prefactor;  // log c, natural
  // Student t with points - 2 degrees of freedom; absent for fewer than three points: no interval is claimed then.
  std::optional<Interval> interval;
  double confidence = 0;  // of the interval, as asked for
  double scatter =
      0;  // root of the residual sum of squares over (points - 2); relative to the errors if given
  std::size_t points = 0;
};

// Least squares of log y on log x (natural logarithms, so x and y may be 10^-700). The interval is exact if the
// residuals are independent normal with one variance; it does not know of a curve that is no power law, so look at the
// rungs too. confidence in (0, 1).
ScalingFit fit_exponent(std::span<const double> log_x, std::span<const double> log_y, double confidence);

// Weighted by the given standard errors of log y, all > 0. If the points scatter about the line by more than their
// errors explain, the interval is widened to what the scatter says; never narrowed by it.
ScalingFit fit_exponent(std::span<const double> log_x, std::span<const double> log_y,
                        std::span<const double> standard_errors, double confidence);

}  // namespace escapement::stats

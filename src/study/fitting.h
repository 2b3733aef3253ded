// Texts of cells, and fits over columns.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"
#include "escapement/study/findings.h"

namespace escapement::study {

inline constexpr double kConfidence = 0.95;

std::string cell(double value);  // ten digits; empty where not finite
std::string cell(
    const numeric::Ball& value);  // its certain digits, at most twelve; empty where there is none
std::string cell(std::uint64_t count);
std::string cell(
    const numeric::Exact& value);  // the shortest decimal of the nearest double: gnuplot reads no fractions

// A natural logarithm that a double holds of a number of any size; value > 0, else not finite.
double log_of(const numeric::Ball& value);

// The exponent b of y ~ c x^b, from natural logarithms: least squares, Student t [stats::fit_exponent].
Fit exponent(std::string name, std::span<const double> log_x, std::span<const double> log_y,
             std::string_view points);

// The slope of a straight line through (x, y), by the same rule.
Fit slope(std::string name, std::span<const double> x, std::span<const double> y, std::string_view points);

// The mean, with its Student t interval; and exp of the mean of logarithms.
Fit mean(std::string name, std::span<const double> values, std::string_view points);
Fit geometric_mean(std::string name, std::span<const double> logs, std::string_view points);

// A border that is known to lie between two rungs: the geometric mean of the two, and they as interval.
Fit bracket(std::string name, double low, double high, std::string basis);

}  // namespace escapement::study

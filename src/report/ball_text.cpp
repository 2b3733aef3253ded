#include "escapement/report/ball_text.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/precision.h"

namespace escapement::report {

using numeric::Ball;
using numeric::Exact;
using numeric::WorkingPrecision;

namespace {

constexpr int kMostDigits = 40;

// As many digits as the radius leaves known, and two.
int digits_of(const Ball& x) {
  if (x.is_exact()) return kMostDigits;
  const auto bits = static_cast<double>(std::clamp<long>(arb_rel_accuracy_bits(x.raw()), 0, 1000));
  return std::clamp(static_cast<int>(bits * 0.30103) + 2, 3, kMostDigits);
}

// 1.500e-7 is 1.5e-7.
std::string without_zeros(std::string decimal) {
  const std::size_t point = decimal.find('.'), e = std::min(decimal.find('e'), decimal.size());
  if (point == std::string::npos) return decimal;
  std::size_t end = e;
  while (decimal[end - 1] == '0') --end;
  if (decimal[end - 1] == '.') --end;
  return decimal.erase(end, e - end);
}

bool is_decimal(const std::string& text) {
  return text.find_first_of("0123456789") != std::string::npos &&
         text.find_first_not_of("0123456789.eE+-") == std::string::npos;
}

}  // namespace

BallText ball_text(const Ball& finite) {
  const WorkingPrecision guard(256);
  BallText text{without_zeros(finite.mid_string(digits_of(finite))), ""};
  Ball error;  // the printed midpoint is rounded: its distance to every point is what counts
  arb_add_error(error.raw(), abs(finite - Ball::from(*numeric::parse_exact(text.value))).raw());
  text.radius = error.radius_string();
  return text;
}

Ball ball_of(const Exact& value, const Exact& radius) {
  const WorkingPrecision guard(256);
  Ball x = Ball::from(value);
  arb_add_error(x.raw(), Ball::from(radius).raw());
  return x;
}

std::string brief(const Ball& x, int digits) {
  if (!x.is_finite()) return "not defined";
  const std::string middle = without_zeros(x.mid_string(digits));
  const auto radius = log10_of(x.radius()), size = log10_of(abs(x.mid()));
  if (!radius || (size && *size - *radius > digits)) return middle;
  return middle + " ± " + x.radius_string();
}

std::string brief(const std::string& decimal, int digits) {
  if (!is_decimal(decimal)) return decimal;
  const auto value = numeric::parse_exact(decimal);
  if (!value) return decimal;
  const WorkingPrecision guard(256);
  const std::string shorter = without_zeros(Ball::from(*value).mid_string(digits));
  return shorter.size() < decimal.size() ? shorter : decimal;
}

std::optional<double> log10_of(const Exact& x) {
  if (x <= 0) return std::nullopt;
  const auto log2 = [](const mpz_t z) {
    long exponent = 0;
    const double mantissa = mpz_get_d_2exp(&exponent, z);
    return std::log2(mantissa) + static_cast<double>(exponent);
  };
  const auto& q = x.backend().data();
  return (log2(mpq_numref(q)) - log2(mpq_denref(q))) * std::log10(2.0);
}

std::optional<double> log10_of(const Ball& x) {
  const Ball middle = x.mid();
  if (!middle.is_finite() || arb_is_positive(middle.raw()) == 0) return std::nullopt;
  Ball log;
  arb_log_base_ui(log.raw(), middle.raw(), 10, 64);
  return log.mid_double();
}

}  // namespace escapement::report

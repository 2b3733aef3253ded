#include "escapement/config/ladder.h"

#include <cmath>
#include <cstdlib>
#include <optional>

namespace escapement::config {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr std::size_t kShort = 12;  // characters of a ratio whose powers people like to read

// The decimal logarithm of value > 0, whatever its size: 10^-700 is no double.
double log10_of(const BigInt& value) {
  signed long exponent = 0;
  const double mantissa = mpz_get_d_2exp(&exponent, value.backend().data());
  return std::log10(mantissa) + static_cast<double>(exponent) * std::log10(2.0);
}

double log10_of(const Exact& value) { return log10_of(numerator(value)) - log10_of(denominator(value)); }

// 10^exponent to six significant digits.
Exact rounded_power_of_ten(double exponent) {
  constexpr int kMoreDigits = 5;  // than the one before the point
  const double whole = std::floor(exponent);
  const BigInt digits = std::llround(std::pow(10.0, exponent - whole + kMoreDigits));
  const auto shift = static_cast<long>(whole) - kMoreDigits;
  const BigInt scale = pow(BigInt(10), static_cast<unsigned>(std::labs(shift)));
  return shift < 0 ? Exact(digits, scale) : Exact(BigInt(digits * scale));
}

std::optional<BigInt> exact_root(const BigInt& value, unsigned long degree) {
  BigInt root;
  if (mpz_root(root.backend().data(), value.backend().data(), degree) == 0) return std::nullopt;
  return root;
}

std::optional<Exact> exact_root(const Exact& value, unsigned long degree) {
  const std::optional<BigInt> top = exact_root(numerator(value), degree);
  const std::optional<BigInt> bottom = exact_root(denominator(value), degree);
  if (!top || !bottom) return std::nullopt;
  Exact root(*top, *bottom);
  if (numeric::to_string(root).size() > kShort) return std::nullopt;
  return root;
}

}  // namespace

std::vector<Exact> linear_ladder(const Exact& a, const Exact& b, std::size_t count) {
  const Exact step = (b - a) / (count - 1);
  std::vector<Exact> values;
  for (std::size_t i = 0; i < count; ++i) values.emplace_back(a + step * i);
  return values;
}

std::vector<Exact> logarithmic_ladder(const Exact& a, const Exact& b, std::size_t count) {
  std::vector<Exact> values{a};
  if (const std::optional<Exact> ratio = exact_root(Exact(b / a), count - 1)) {
    while (values.size() < count) values.emplace_back(values.back() * *ratio);
    return values;
  }
  const double from = log10_of(a), to = log10_of(b);
  for (std::size_t i = 1; i + 1 < count; ++i)
    values.push_back(
        rounded_power_of_ten(from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1)));
  values.push_back(b);
  return values;
}

}  // namespace escapement::config

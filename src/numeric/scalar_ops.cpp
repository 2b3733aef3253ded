#include "escapement/numeric/scalar_ops.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"

namespace escapement::numeric {

// --- double -----------------------------------------------------------------------------------------------
template <>
double from_exact<double>(const Exact& value) {
  mpfr_t rounded;  // GMP's own conversion truncates
  mpfr_init2(rounded, kDoubleBits);
  const int ternary = mpfr_set_q(rounded, value.backend().data(), MPFR_RNDN);
  (void)ternary;
  const double result = mpfr_get_d(rounded, MPFR_RNDN);
  mpfr_clear(rounded);
  return result;
}
template <>
double from_dyadic<double>(double value) {
  return value;
}
template <>
double from_int<double>(long value) {
  return static_cast<double>(value);
}
template <>
Ball to_ball<double>(const double& value) {
  return Ball::dyadic(value);
}
template <>
double from_mid<double>(const Ball& x) {
  return x.mid_double();
}
template <>
double to_double<double>(const double& value) {
  return value;
}
template <>
bool is_finite<double>(const double& value) {
  return std::isfinite(value);
}
template <>
double square_root<double>(const double& value) {
  return std::sqrt(value);
}
template <>
double absolute<double>(const double& value) {
  return std::fabs(value);
}
template <>
Truth is_less<double>(const double& a, const double& b) {
  return std::isnan(a) || std::isnan(b) ? Truth::unknown : truth(a < b);
}
template <>
double minimum<double>(const double& a, const double& b) {
  return b < a ? b : a;
}
template <>
double maximum<double>(const double& a, const double& b) {
  return a < b ? b : a;
}
template <>
std::string dump<double>(const double& value) {
  char text[40];
  const int length = std::snprintf(text, sizeof text, "%a", value);
  return std::string(text, static_cast<std::size_t>(length));
}
template <>
bool undump<double>(const std::string& text, double& value) {
  char* end = nullptr;
  value = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}
template <>
const char* scalar_name<double>() {
  return "double";
}

// --- Mp ---------------------------------------------------------------------------------------------------
namespace {
Mp from_arf(const arf_struct* x) {
  Mp result;
  arf_get_mpfr(result.backend().data(), x, MPFR_RNDN);
  return result;
}
}  // namespace

template <>
Mp from_exact<Mp>(const Exact& value) {
  Mp result;
  mpfr_set_q(result.backend().data(), value.backend().data(), MPFR_RNDN);
  return result;
}
template <>
Mp from_dyadic<Mp>(double value) {
  Mp result;
  mpfr_set_d(result.backend().data(), value, MPFR_RNDN);
  return result;
}
template <>
Mp from_int<Mp>(long value) {
  return Mp(value);
}
template <>
Ball to_ball<Mp>(const Mp& value) {
  Ball b;
  arf_set_mpfr(arb_midref(b.raw()), value.backend().data());
  return b;
}
template <>
Mp from_mid<Mp>(const Ball& x) {
  return from_arf(arb_midref(x.raw()));
}
template <>
double to_double<Mp>(const Mp& value) {
  return mpfr_get_d(value.backend().data(), MPFR_RNDN);
}
template <>
bool is_finite<Mp>(const Mp& value) {
  return mpfr_number_p(value.backend().data()) != 0;
}
template <>
Mp square_root<Mp>(const Mp& value) {
  return boost::multiprecision::sqrt(value);
}
template <>
Mp absolute<Mp>(const Mp& value) {
  return boost::multiprecision::abs(value);
}
template <>
Truth is_less<Mp>(const Mp& a, const Mp& b) {
  if (mpfr_nan_p(a.backend().data()) || mpfr_nan_p(b.backend().data())) return Truth::unknown;
  return truth(mpfr_less_p(a.backend().data(), b.backend().data()) != 0);
}
template <>
Mp minimum<Mp>(const Mp& a, const Mp& b) {
  return b < a ? b : a;
}
template <>
Mp maximum<Mp>(const Mp& a, const Mp& b) {
  return a < b ? b : a;
}
template <>
std::string dump<Mp>(const Mp& value) {
  return to_ball(value).dump();
}
template <>
bool undump<Mp>(const std::string& text, Mp& value) {
  Ball b;
  if (!Ball::undump(text, b)) return false;
  value = from_mid<Mp>(b);
  return true;
}
template <>
const char* scalar_name<Mp>() {
  return "mpfr";
}

// --- Ball -------------------------------------------------------------------------------------------------
template <>
Ball from_exact<Ball>(const Exact& value) {
  return Ball::from(value);
}
template <>
Ball from_dyadic<Ball>(double value) {
  return Ball::dyadic(value);
}
template <>
Ball from_int<Ball>(long value) {
  Ball b;
  arb_set_si(b.raw(), value);
  return b;
}
template <>
Ball to_ball<Ball>(const Ball& value) {
  return value;
}
template <>
Ball from_mid<Ball>(const Ball& x) {
  return x.mid();
}
template <>
double to_double<Ball>(const Ball& value) {
  return value.mid_double();
}
template <>
bool is_finite<Ball>(const Ball& value) {
  return value.is_finite();
}
template <>
Ball square_root<Ball>(const Ball& value) {
  Ball result;
  arb_sqrtpos(result.raw(), value.raw(), working_bits());
  return result;
}
template <>
Ball absolute<Ball>(const Ball& value) {
  return abs(value);
}
template <>
Truth is_less<Ball>(const Ball& a, const Ball& b) {
  return less(a, b);
}
template <>
Ball minimum<Ball>(const Ball& a, const Ball& b) {
  Ball result;
  arb_min(result.raw(), a.raw(), b.raw(), working_bits());
  return result;
}
template <>
Ball maximum<Ball>(const Ball& a, const Ball& b) {
  Ball result;
  arb_max(result.raw(), a.raw(), b.raw(), working_bits());
  return result;
}
template <>
std::string dump<Ball>(const Ball& value) {
  return value.dump();
}
template <>
bool undump<Ball>(const std::string& text, Ball& value) {
  return Ball::undump(text, value);
}
template <>
const char* scalar_name<Ball>() {
  return "ball";
}

int decimal_digits_for(long bits) { return static_cast<int>(bits * 301 / 1000) + 3; }

}  // namespace escapement::numeric

#include "escapement/report/scale.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "escapement/numeric/check.h"
#include "escapement/report/ball_text.h"

namespace escapement::report {

using numeric::Exact;

Scale::Scale(const std::vector<Exact>& values, bool logarithmic) : logarithmic_(logarithmic) {
  if (logarithmic) return;
  Exact largest = 0;
  for (const Exact& value : values) largest = std::max(largest, Exact(abs(value)));
  const auto size = log10_of(largest);
  if (!size || std::abs(*size) < 15) return;
  power_ = std::lround(std::floor(*size));
  const numeric::BigInt ten_to = pow(numeric::BigInt(10), static_cast<unsigned>(std::labs(power_)));
  unit_ = power_ > 0 ? Exact(ten_to) : Exact(1, ten_to);
}

double Scale::place(const Exact& value) const {
  if (!logarithmic_) return static_cast<double>(Exact(value / unit_));
  const auto log = log10_of(value);
  ESCAPEMENT_CHECK(log.has_value());
  return *log;
}

Axis Scale::axis(double low, double high, int count) const {
  return logarithmic_ ? decade_axis(low, high, count) : plain_axis(low, high, count);
}

std::string Scale::name(const std::string& key) const {
  if (power_ == 0) return key;
  return fmt::format("{} / 10^{{{}{}}}", key, power_ < 0 ? "−" : "", std::labs(power_));
}

}  // namespace escapement::report

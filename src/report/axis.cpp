#include "escapement/report/axis.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace escapement::report {

namespace {

// The quotient itself may be beyond double.
double decades_between(double low, double high) { return std::log10(high) - std::log10(low); }

// 1, 2, 2.5 or 5 times a power of ten, at least `least`.
double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0})
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

std::string power_label(const std::string& mantissa, int exponent) {
  return fmt::format("{}{}10^{{{}{}}}", mantissa == "1" ? "" : mantissa, mantissa == "1" ? "" : "×",
                     exponent < 0 ? "−" : "", std::abs(exponent));
}

std::string scientific(double value) {
  const int exponent = static_cast<int>(std::floor(std::log10(value) + 1e-9));
  return power_label(fmt::format("{:.10g}", value / std::pow(10.0, exponent)), exponent);
}

// Ticks k * step in [low, high], with the same number of decimals; large and small ones as 2×10^{5}.
std::vector<Tick> linear_ticks(double low, double high, double step) {
  const double largest = std::max(std::abs(low), std::abs(high));
  // The small slack keeps 0.3 / 0.1 from losing its last tick.
  const auto first = std::llround(std::ceil(low / step - 1e-6));
  const auto last = std::llround(std::floor(high / step + 1e-6));
  const bool plain = largest < 1e4 && largest >= 0.01;
  int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  if (std::abs(step * std::pow(10.0, decimals) - std::round(step * std::pow(10.0, decimals))) > 1e-6)
    ++decimals;
  std::vector<Tick> ticks;
  for (auto k = first; k <= last; ++k) {
    if (k == 0) {
      ticks.push_back({0, "0"});
      continue;
    }
    const double value = static_cast<double>(k) * step, size = std::abs(value);
    ticks.push_back(
        {value, (k < 0 ? "−" : "") + (plain ? fmt::format("{:.{}f}", size, decimals) : scientific(size))});
  }
  return ticks;
}

Axis linear_from_to(double low, double high, int count) {
  return {low, high, false, linear_ticks(low, high, round_step((high - low) / (count + 1)))};
}

std::vector<Tick> log_ticks(double low, double high, int count) {
  const int first = static_cast<int>(std::floor(std::log10(low))),
            last = static_cast<int>(std::ceil(std::log10(high)));
  const double decades = decades_between(low, high);
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / (count + 1))));
  const bool plain = decades < 2 && low >= 1e-3 && high < 1e4;
  std::vector<Tick> ticks;
  const auto add = [&](int digit, int exponent, bool labelled) {
    const double value = digit * std::pow(10.0, exponent);
    if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) return;
    const std::string label =
        plain ? fmt::format("{:g}", value) : power_label(std::to_string(digit), exponent);
    ticks.push_back({value, labelled ? label : std::string()});
  };
  for (int exponent = first; exponent <= last; ++exponent) {
    add(1, exponent, exponent % stride == 0);
    if (stride > 1) continue;
    for (int digit = 2; digit <= 9; ++digit)
      add(digit, exponent, decades < 0.7 || (decades < 2 && (digit == 2 || digit == 5)));
  }
  return ticks;
}

Axis log_from_to(double low, double high, int count) {
  return {low, high, true, log_ticks(low, high, count)};
}

}  // namespace

double Axis::position(double value) const {
  return logarithmic ? decades_between(low, value) / decades_between(low, high)
                     : (value - low) / (high - low);
}

Axis linear_axis(const Range& data, int count) {
  if (data.empty()) return linear_from_to(0, 1, count);
  double low = data.low, high = data.high;
  if (high - low <= 1e-12 * std::max(std::abs(low), std::abs(high))) {
    const double half = low == 0 ? 1.0 : 0.1 * std::abs(low);
    return linear_from_to(low == 0 ? 0 : low - half, high + half, count);
  }
  const double margin = 0.06 * (high - low);
  if (high != 0) high += margin;
  if (low != 0) low -= margin;
  return linear_from_to(low, high, count);
}

Axis plain_axis(double low, double high, int count) { return linear_from_to(low, high, count); }

Axis log_axis(const Range& data, int count) {
  const double margin = std::pow(10.0, 0.05 * decades_between(data.least_positive, data.high));
  // At least half a decade, so that a constant is a line and not a frame; never beyond double's normal numbers.
  const double widen = std::max(margin, data.high < 3 * data.least_positive ? 1.8 : 1.0);
  return log_from_to(std::max(data.least_positive / widen, 1e-307), std::min(data.high * widen, 1e307),
                     count);
}

Axis loss_axis(const Range& data, int count) {
  return data.positive() ? log_axis(data, count) : linear_axis(data, count);
}

Axis decade_axis(double low, double high, int count) {
  constexpr double kLeast = 0.5;
  if (const double missing = kLeast - (high - low); missing > 0) {
    low -= missing / 2;
    high += missing / 2;
  }
  const double decades = high - low;
  long stride = 1;  // 1, 2, 5, 10, 20, ...
  for (int i = 0; static_cast<double>(stride) * (count + 1) < decades; ++i)
    stride = i % 3 == 1 ? stride / 2 * 5 : stride * 2;
  // Minor ticks divide it by 5, or by 4 where it begins with a 2.
  const long minor = std::max(1L, stride / (std::to_string(stride).front() == '2' ? 4 : 5));
  const bool plain = decades < 2 && low >= -3 && high < 4;
  Axis axis{low, high, false, {}};
  const auto add = [&](int digit, long exponent, bool labelled) {
    const double value = std::log10(digit) + static_cast<double>(exponent);
    if (value < low - 1e-9 || value > high + 1e-9) return;
    const std::string label = plain
                                  ? fmt::format("{:g}", digit * std::pow(10.0, static_cast<double>(exponent)))
                                  : power_label(std::to_string(digit), static_cast<int>(exponent));
    axis.ticks.push_back({value, labelled ? label : std::string()});
  };
  for (auto exponent = std::lround(std::floor(low)); exponent <= std::lround(std::ceil(high)); ++exponent) {
    if (exponent % minor == 0) add(1, exponent, exponent % stride == 0);
    if (decades > 8) continue;
    for (int digit = 2; digit <= 9; ++digit)
      add(digit, exponent, decades < 0.7 || (decades < 2 && (digit == 2 || digit == 5)));
  }
  return axis;
}

Axis step_axis(std::span<const double> steps, int count) {
  const double first = steps.front(), last = steps.back();
  if (!(first < last)) return {first - 1, last + 1, false, {{first, number_label(first)}}};
  const double middle = steps[steps.size() / 2];
  const auto positive = std::find_if(steps.begin(), steps.end(), [](double t) { return t > 0; });
  if (steps.size() >= 10 && middle < last / 10 && *positive < last / 100)
    return log_from_to(*positive, last, count);
  return {first, last, false,
          linear_ticks(first, last, std::max(1.0, round_step((last - first) / (count + 1))))};
}

Axis symmetric_axis(const Range& data, int count) {
  const double bound = std::max(std::abs(data.low), std::abs(data.high));
  if (data.empty() || bound == 0) return linear_from_to(-1, 1, count);
  return linear_from_to(-1.06 * bound, 1.06 * bound, count);
}

Axis unit_axis(int count) { return {0, 1.04, false, linear_ticks(0, 1, round_step(1.0 / (count + 1)))}; }

std::string number_label(double value, int digits) {
  if (value == 0) return "0";
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12));
  const double mantissa = value / std::pow(10.0, exponent);
  const bool round = std::abs(mantissa * 100 - std::round(mantissa * 100)) < 1e-9;
  if (exponent <= -4 || (exponent >= 4 && (round || exponent >= 9))) {
    const std::string rounded = fmt::format("{:.2e}", value);  // which may carry into the exponent
    const std::size_t e = rounded.find('e');
    return power_label(fmt::format("{:g}", std::stod(rounded.substr(0, e))),
                       std::stoi(rounded.substr(e + 1)));
  }
  return fmt::format("{:.{}g}", value, digits);
}

}  // namespace escapement::report

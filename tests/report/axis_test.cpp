#include "escapement/report/axis.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <catch2/catch.hpp>

using namespace escapement::report;

namespace {

Range range_of(std::initializer_list<double> values) {
  Range range;
  for (const double value : values) range.include(value);
  return range;
}

std::string labels(const Axis& axis) {
  std::string text;
  for (const Tick& tick : axis.ticks)
    if (!tick.label.empty()) text += (text.empty() ? "" : " ") + tick.label;
  return text;
}

void check_sound(const Axis& axis) {
  REQUIRE(std::isfinite(axis.low));
  REQUIRE(std::isfinite(axis.high));
  REQUIRE(axis.low < axis.high);
  for (const Tick& tick : axis.ticks) {
    CHECK(axis.position(tick.value) >= -1e-5);
    CHECK(axis.position(tick.value) <= 1 + 1e-5);
  }
}

}  // namespace

TEST_CASE("a linear axis covers the data, keeps zero, and has round ticks") {
  const Axis axis = linear_axis(range_of({0, 1.17}), 4);
  CHECK(axis.low == 0);
  CHECK(axis.high > 1.17);
  CHECK(labels(axis) == "0 0.25 0.50 0.75 1.00");
  CHECK(labels(linear_axis(range_of({-0.9, 0.9}), 4)) == "−1.0 −0.5 0 0.5 1.0");
  CHECK(labels(linear_axis(range_of({-3e-5, 0}), 4)) == "−3×10^{−5} −2×10^{−5} −10^{−5} 0");
}

TEST_CASE("a linear axis of nothing, of one value and of large values is sound") {
  for (const Range& range :
       {Range{}, range_of({0}), range_of({7}), range_of({-7}), range_of({1e-280}), range_of({1e-320}),
        range_of({-1e280, 1e280}), range_of({1, 1 + 1e-15}), range_of({1e305})}) {
    const Axis axis = linear_axis(range);
    check_sound(axis);
    CHECK(axis.ticks.size() >= 2);
  }
}

TEST_CASE("steps are written as in a paper and end with the run") {
  const std::vector<double> steps = {0, 1e5, 2e5, 3e5, 4e5};
  const Axis axis = step_axis(steps);
  CHECK(axis.low == 0);
  CHECK(axis.high == 4e5);
  CHECK(labels(axis) == "0 10^{5} 2×10^{5} 3×10^{5} 4×10^{5}");
  CHECK(labels(step_axis(std::vector<double>{0, 150, 300})) == "0 50 100 150 200 250 300");
  CHECK(labels(step_axis(std::vector<double>{0, 1e5})) == "0 2×10^{4} 4×10^{4} 6×10^{4} 8×10^{4} 10^{5}");
  CHECK(labels(step_axis(std::vector<double>{0, 1, 2})) == "0 1 2");  // no half steps
}

TEST_CASE("a single record stands in the middle of its axis") {
  for (const double step : {0.0, 700.0, 1e15}) {
    const Axis axis = step_axis(std::vector<double>{step});
    check_sound(axis);
    CHECK(axis.position(step) == Approx(0.5));
    CHECK(labels(axis) == number_label(step));
  }
}

TEST_CASE("records on a logarithmic schedule get a logarithmic axis") {
  std::vector<double> steps = {0};
  for (double t = 1; t <= 1e5; t *= 1.5) steps.push_back(t);
  const Axis axis = step_axis(steps);
  CHECK(axis.logarithmic);
  CHECK(axis.low == 1);
  CHECK(labels(axis) == "10^{0} 10^{1} 10^{2} 10^{3} 10^{4}");
}

TEST_CASE("a logarithmic axis covers the positive values") {
  const Axis decades = log_axis(range_of({0, 1e-3, 30}));
  CHECK(decades.logarithmic);
  CHECK(decades.low < 1e-3);
  CHECK(decades.high > 30);
  CHECK(labels(decades) == "10^{−3} 10^{−2} 10^{−1} 10^{0} 10^{1}");
  CHECK(labels(log_axis(range_of({0.9, 12}), 4)) == "1 2 5 10");
  CHECK(labels(log_axis(range_of({1e-32, 1}), 4)) == "10^{−32} 10^{−24} 10^{−16} 10^{−8} 10^{0}");
  for (const Range& range : {range_of({5}), range_of({1e-320, 1}), range_of({1e-280, 1e280}),
                             range_of({1e280}), range_of({1e-280})})
    check_sound(log_axis(range));
}

TEST_CASE("a loss that is zero throughout is drawn on a linear axis") {
  CHECK_FALSE(loss_axis(range_of({0, 0})).logarithmic);
  CHECK_FALSE(loss_axis(Range{}).logarithmic);
  CHECK(loss_axis(range_of({0, 1e-9})).logarithmic);
}

TEST_CASE("axes are sound, cover the data and have few ticks, whatever the data") {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-279, 279), unit(-1, 1);
  for (int i = 0; i < 2000; ++i) {
    const double a = unit(random) * std::pow(10, exponent(random));
    const double b = i % 2 ? a * (1 + unit(random)) : unit(random) * std::pow(10, exponent(random));
    const Range range = range_of({a, b});
    INFO(a << " " << b);
    const Axis linear = linear_axis(range);
    check_sound(linear);
    CHECK(linear.low <= range.low);
    CHECK(linear.high >= range.high);
    CHECK(linear.ticks.size() >= 2);
    CHECK(linear.ticks.size() <= 9);
    if (!range.positive()) continue;
    const Axis logarithmic = log_axis(range);
    check_sound(logarithmic);
    CHECK(logarithmic.low <= range.least_positive);
    CHECK(logarithmic.high >= range.high);
    const auto labelled = std::count_if(logarithmic.ticks.begin(), logarithmic.ticks.end(),
                                        [](const Tick& tick) { return !tick.label.empty(); });
    CHECK(labelled >= 1);
    CHECK(labelled <= 10);
  }
}

TEST_CASE("numbers in headings") {
  CHECK(number_label(0) == "0");
  CHECK(number_label(300) == "300");
  CHECK(number_label(50000) == "5×10^{4}");
  CHECK(number_label(100000) == "10^{5}");
  CHECK(number_label(12345) == "12345");
  CHECK(number_label(0.123456, 3) == "0.123");
  CHECK(number_label(1e-7, 3) == "10^{−7}");
  CHECK(number_label(0.00009999, 3) == "10^{−4}");
}

TEST_CASE("decades of numbers beyond double have few round ticks") {
  const auto labels = [](const Axis& axis) {
    std::vector<std::string> found;
    for (const Tick& tick : axis.ticks)
      if (!tick.label.empty()) found.push_back(tick.label);
    return found;
  };
  CHECK(labels(decade_axis(-760, -680, 6)) ==
        std::vector<std::string>{"10^{−760}", "10^{−740}", "10^{−720}", "10^{−700}", "10^{−680}"});
  CHECK(decade_axis(-760, -680, 6).ticks.size() == 17);  // minor ones every five decades
  CHECK(labels(decade_axis(-5, 0, 6)).size() == 6);
  CHECK(labels(decade_axis(0, 1, 5)) == std::vector<std::string>{"1", "2", "5", "10"});
  const Axis narrow = decade_axis(3, 3);
  CHECK(narrow.high - narrow.low == Approx(0.5));
  CHECK_FALSE(labels(narrow).empty());
  for (int span = 1; span < 3000; span = span * 3 / 2 + 1)
    CHECK(labels(decade_axis(-span, 0, 5)).size() <= 9);
}

#include "escapement/observe/order_statistics.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

using escapement::observe::OrderStatistics;

namespace {

// The definition, by sorting.
double by_sorting(std::vector<double> values, unsigned percentage) {
  std::sort(values.begin(), values.end());
  const std::size_t rank = std::max<std::size_t>(1, (values.size() * percentage + 99) / 100);
  return values[rank - 1];
}

std::vector<double> quantiles(const std::vector<double>& values) {
  OrderStatistics<double> order(values.size(), {10, 50, 90});
  for (const double x : values) order.add(x);
  if (order.needs_second_reading()) {
    order.begin_second_reading();
    for (const double x : values) order.add(x);
  }
  return order.quantiles();
}

void check(const std::vector<double>& values) {
  const std::vector<double> q = quantiles(values);
  CHECK(q[0] == by_sorting(values, 10));
  CHECK(q[1] == by_sorting(values, 50));
  CHECK(q[2] == by_sorting(values, 90));
}

}  // namespace

TEST_CASE("quantiles are order statistics, kept whole or read twice") {
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  for (const std::size_t size :
       {1ul, 2ul, 9ul, 10ul, 11ul, 1000ul, std::size_t{OrderStatistics<double>::kKeepAll + 1}}) {
    std::vector<double> values(size);
    for (double& x : values) x = normal(random);
    check(values);
  }
}

TEST_CASE("two readings stand ties, signs, zeros and one crowded cell") {
  const std::size_t size = OrderStatistics<double>::kKeepAll + 7;
  std::mt19937_64 random(6);
  std::vector<double> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = i % 3 == 0 ? -0.0 : (i % 3 == 1 ? 0.0 : -1.0);
  check(values);
  for (double& x : values) x = 1.0 + 1e-6 * static_cast<double>(random() % 1000);
  check(values);
  for (std::size_t i = 0; i < size; ++i)
    values[i] = (i % 2 == 0 ? 1 : -1) * std::ldexp(1.0, static_cast<int>(random() % 2000) - 1000);
  check(values);
}

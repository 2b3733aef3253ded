#include "escapement/hunt/simpler_numbers.h"

#include <algorithm>

#include "escapement/hunt/dice.h"

namespace escapement::hunt {

namespace {

BigInt floor_of(const Exact& x) { return numerator(x) / denominator(x); }  // x >= 0

// |x| down and up to a multiple of unit.
void add_multiples(std::vector<Exact>& list, const Exact& size, const Exact& unit) {
  const Exact below = Exact(floor_of(Exact(size / unit))) * unit;
  list.push_back(below);
  list.push_back(below + unit);
}

}  // namespace

std::vector<Exact> simpler_numbers(const Exact& x) {
  if (x == 0) return {};
  const Exact size = abs(x);
  long exponent =
      static_cast<long>(msb(BigInt(numerator(size)))) - static_cast<long>(msb(BigInt(denominator(size))));
  if (power_of_two(exponent) > size) --exponent;
  std::vector<Exact> list{0, 1, 2, 3, Exact(1, 2), Exact(1, 3), Exact(1, 4), Exact(3, 4), size};
  for (const long k : {0L, 1L, -1L, 2L}) list.push_back(power_of_two(exponent + k));
  if (exponent % 2 != 0) list.push_back(power_of_two(exponent - 1));
  for (const long kept : {1L, 2L, 3L, 4L, 8L, 16L, 32L})
    add_multiples(list, size, power_of_two(exponent - kept));
  const long half = exponent / 2;  // towards 1, a factor at a time
  list.push_back(power_of_two(half));
  list.push_back(power_of_two(exponent + (exponent > 0 ? -4 : 4)));
  Exact decimal = 1;
  while (decimal > size) decimal /= 10;
  while (decimal * 10 <= size) decimal *= 10;
  for (int digits = 0; digits < 4; ++digits, decimal /= 10) add_multiples(list, size, decimal);
  for (const int part : {3, 5, 6, 7, 9}) add_multiples(list, size, Exact(1, part));
  std::vector<Exact> result;
  for (const Exact& y : list)
    for (const int sign : {1, -1})
      if (cost_of(Exact(sign * y)) < cost_of(x)) result.push_back(sign * y);
  const auto cheaper = [](const Exact& a, const Exact& b) {
    return cost_of(a) != cost_of(b) ? cost_of(a) < cost_of(b) : a < b;
  };
  std::sort(result.begin(), result.end(), cheaper);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

const std::vector<Exact>& plain_numbers() {
  static const std::vector<Exact> list{
      0, 1, Exact(1, 2), -1, 2, Exact(-1, 2), Exact(1, 4), Exact(3, 4), -2, 4, Exact(-1, 4), Exact(1, 8),
      3, 8};
  return list;
}

const std::vector<Exact>& plain_step_sizes() {
  static const std::vector<Exact> list = [] {
    std::vector<Exact> all{1};
    for (long k = 1; k <= 24; ++k) all.push_back(power_of_two(-k));
    return all;
  }();
  return list;
}

}  // namespace escapement::hunt

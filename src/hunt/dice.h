// Random exact numbers for a search: log-uniform, short dyadics, boundaries and zero. RapidCheck's own doubles are almost
// never below 1e-6.
#pragma once

#include <cstdint>
#include <vector>

#include <rapidcheck/Random.h>

#include "escapement/numeric/exact.h"

namespace escapement::hunt {

using numeric::BigInt;
using numeric::Exact;

Exact power_of_two(long exponent);

std::uint64_t mixed(std::uint64_t x);  // SplitMix64 [Steele2014]: seeds from seeds

class Dice {
 public:
  explicit Dice(const rc::Random& random) : random_(random) {}

  std::uint64_t below(std::uint64_t end) { return random_.next() % end; }
  long between(long least, long most) {
    return least + static_cast<long>(below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  int sign() { return one_in(2) ? 1 : -1; }
  template <class T>
  const T& among(const std::vector<T>& values) {
    return values[below(values.size())];
  }
  // 2^e (1 + f), e uniform in least..most, f of `digits` random bits; with few digits a short dyadic.
  Exact log_uniform(long least, long most, int digits);
  // Mostly below 2 in size: 0, +-1, short dyadics, thirds, tiny, log-uniform.
  Exact entry();

 private:
  rc::Random random_;
};

}  // namespace escapement::hunt

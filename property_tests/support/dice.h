// Random exact numbers for laws. RapidCheck's own doubles are almost never below 1e-6 and shrink by truncation only;
// these are log-uniform, short dyadics, boundaries and zero, and shrink by a key that always falls.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "escapement/numeric/exact.h"

namespace escapement::test {

using numeric::BigInt;
using numeric::Exact;

inline Exact power_of_two(int exponent) {
  Exact result = 1;
  for (int i = 0; i < exponent; ++i) result *= 2;
  for (int i = 0; i > exponent; --i) result /= 2;
  return result;
}

class Dice {
 public:
  explicit Dice(const rc::Random& random) : random_(random) {}

  std::uint64_t bits() { return random_.next(); }
  std::uint64_t below(std::uint64_t end) { return bits() % end; }
  int between(int least, int most) {
    return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  template <class T>
  const T& among(const std::vector<T>& values) {
    return values[below(values.size())];
  }
  int sign() { return one_in(2) ? 1 : -1; }

  // k 2^-s with 1 <= k <= 15, 0 <= s <= 4: below 16.
  Exact short_dyadic() { return Exact(between(1, 15)) * power_of_two(-between(0, 4)); }
  // 2^e (1 + f), e uniform in least..most, f of `digits` random bits.
  Exact log_uniform(int least, int most, int digits) {
    const Exact fraction = Exact(BigInt(bits() >> (64 - digits))) * power_of_two(-digits);
    return power_of_two(between(least, most)) * (1 + fraction);
  }

  // Mostly of the size of a standard normal; tiny, exactly 0 or +-1, short, and not dyadic now and then. |x| < 4.
  Exact entry() {
    switch (below(16)) {
      case 0:
      case 1: return 0;
      case 2: return sign();
      case 3: return sign() * short_dyadic() / 4;
      case 4: return sign() * log_uniform(-60, -4, 52);
      case 5: return Exact(between(-30, 30), between(7, 30));
      case 6:
      case 7: return sign() * log_uniform(-4, 0, 52);
      default: return Exact(between(-3000, 3000), 1024);
    }
  }

 private:
  rc::Random random_;
};

// What a shrinking number tries, each simpler by (bits of numerator and denominator, sign); 0 is the end.
inline std::vector<Exact> simpler(const Exact& x) {
  const auto bits = [](const BigInt& n) { return n == 0 ? 0 : static_cast<long>(msb(BigInt(abs(n)))) + 1; };
  const auto key = [&](const Exact& v) {
    return 2 * (bits(numerator(v)) + bits(denominator(v))) + (v < 0 ? 1 : 0);
  };
  if (x == 0) return {};
  std::vector<Exact> result{0, 1, -x};
  if (x < 0) result.push_back(-1);
  const Exact size = abs(x);
  int exponent = 0;  // 2^exponent <= |x| < 2^(exponent + 1)
  while (power_of_two(exponent) > size) --exponent;
  while (power_of_two(exponent + 1) <= size) ++exponent;
  for (const int kept : {0, 1, 2, 4, 8, 16, 32}) {
    const Exact unit = power_of_two(exponent - kept);
    const Exact units = size / unit;
    const Exact cut = Exact(BigInt(numerator(units) / denominator(units))) * unit;
    result.push_back(x < 0 ? Exact(-cut) : cut);
  }
  std::erase_if(result, [&](const Exact& v) { return key(v) >= key(x); });
  return result;
}

}  // namespace escapement::test

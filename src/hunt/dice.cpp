#include "escapement/hunt/dice.h"

namespace escapement::hunt {

Exact power_of_two(long exponent) {
  const BigInt power = BigInt(1) << static_cast<unsigned long>(exponent < 0 ? -exponent : exponent);
  return exponent < 0 ? Exact(1) / Exact(power) : Exact(power);
}

std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

Exact Dice::log_uniform(long least, long most, int digits) {
  const Exact fraction =
      digits == 0 ? Exact(0) : Exact(BigInt(random_.next() >> (64 - digits))) * power_of_two(-digits);
  return power_of_two(between(least, most)) * (1 + fraction);
}

Exact Dice::entry() {
  switch (below(12)) {
    case 0:
    case 1: return 0;
    case 2: return sign();
    case 3:
    case 4: return sign() * log_uniform(-3, 1, 2);
    case 5: return Exact(between(-9, 9), between(2, 9));
    case 6: return sign() * log_uniform(-40, -4, 20);
    default: return sign() * log_uniform(-3, 0, 20);
  }
}

}  // namespace escapement::hunt

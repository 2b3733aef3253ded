#include "escapement/hunt/chance/chance_numbers.h"

namespace escapement::hunt {

Exact short_count(const Exact& x) {
  BigInt whole = numerator(x) / denominator(x), unit = 1;
  if (whole < 1) return 1;
  constexpr int kTwoDigits = 100;
  while (whole / unit >= kTwoDigits) unit *= 10;
  return Exact(BigInt(whole / unit * unit));
}

std::vector<Exact> short_counts_below(const Exact& x) {
  std::vector<Exact> list;
  for (BigInt unit = 1; Exact(unit) < x; unit *= 10)
    for (int digits = unit == 1 ? 1 : 10; digits < 100; ++digits) {
      const Exact count(BigInt(unit * digits));
      if (count >= x) return list;
      list.push_back(count);
    }
  return list;
}

}  // namespace escapement::hunt

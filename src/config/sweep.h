// One key, several values: `--sweep key=...`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace escapement::config {

struct Sweep {
  std::string key;
  std::vector<std::string> values;  // each one parses for the key; in the order given, or from a to b
};

inline constexpr std::size_t kMaxSweepPoints = 10'000;

// key=v1,v2,...              commas inside [] do not separate
// key=a:b:lin[:COUNT]        COUNT (default 9) evenly spaced exact values from a to b
// key=a:b:log[:COUNT]        evenly spaced in the logarithm: exact where the ratio of neighbours is rational, else
//                            decimals of six digits; a and b themselves exact
// Integer keys take the nearest integers, each once. Throws InputError.
Sweep parse_sweep(std::string_view text);

}  // namespace escapement::config

// A key's exact values, of any size, as places on an axis of doubles.
#pragma once

#include <string>
#include <vector>

#include "escapement/numeric/exact.h"
#include "escapement/report/axis.h"

namespace escapement::report {

class Scale {
 public:
  // Logarithmic: the values must be positive. Linear: values whose sizes a double does not hold well are divided by a
  // power of ten, which the axis' name tells.
  Scale(const std::vector<numeric::Exact>& values, bool logarithmic);

  double place(const numeric::Exact& value) const;      // log10, or value / 10^power
  Axis axis(double low, double high, int count) const;  // between two places, low < high
  std::string name(const std::string& key) const;       // "eta", "eta / 10^{−713}"

 private:
  bool logarithmic_;
  long power_ = 0;
  numeric::Exact unit_ = 1;  // 10^power
};

}  // namespace escapement::report

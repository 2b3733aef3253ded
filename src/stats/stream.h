// Statistics of numbers that come one by one and are not kept: count, mean, extremes, quantiles. The result depends on
// which numbers came, not on their order or on how the stream was divided and merged again, to the bit: sums are exact, and
// quantiles come from counts in fixed cells, as in a sketch with relative accuracy [Masson2019].
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "escapement/numeric/ball.h"

namespace escapement::stats {

class Stream {
 public:
  // So many numbers are kept as they are; beyond, a quantile is within a part in 2^kCellBits of one that occurs.
  static constexpr std::size_t kKeepAll = 4096;
  static constexpr int kCellBits = 11;

  // x finite. Enclosures count with their midpoint; their radii are added up in the mean.
  void add(const numeric::Ball& x);
  void merge(const Stream& other);

  std::uint64_t count() const { return count_; }
  // Rounded once to the working precision. count() > 0 here and below.
  numeric::Ball mean() const;
  // Square root of the sample variance, sum (x - mean)^2 / (count - 1); 0 where count() is 1.
  numeric::Ball deviation() const;
  const numeric::Ball& least() const { return *least_; }
  const numeric::Ball& greatest() const { return *greatest_; }
  // The number of rank ceil(percentage count / 100), at least 1 [percentage in 0..100]; of its cell the middle, where more
  // than kKeepAll numbers came, but nothing beyond the extremes.
  numeric::Ball quantile(unsigned percentage) const;

 private:
  struct ByMidpoint {
    bool operator()(const numeric::Ball& a, const numeric::Ball& b) const;
  };
  void spread_out();
  void extremes(const numeric::Ball& low, const numeric::Ball& high);

  std::uint64_t count_ = 0;
  numeric::Ball sum_, squares_;  // of midpoints, exactly
  numeric::Ball radii_;          // their sum, exactly
  std::optional<numeric::Ball> least_, greatest_;
  std::map<numeric::Ball, std::uint64_t, ByMidpoint>
      cells_;  // numbers, or once there are many the middles of their cells
  bool kept_ = true;
};

}  // namespace escapement::stats

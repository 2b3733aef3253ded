// Exact quantiles of a stream that may be read twice but not kept. The p-quantile of m values is the order statistic
// of rank ceil(p m) (at least 1): a value that occurs, never an interpolation.
#pragma once

#include <cstdint>
#include <vector>

#include "escapement/numeric/scalar_ops.h"

namespace escapement::observe {

// Up to kKeepAll values are kept and selected. Beyond, the first reading counts values by the leading bits of their
// doubles and the second keeps only those in the cells that hold a wanted rank: exact, with memory that does not grow
// with the width unless the values coincide to 8 bits. Values are ordered by their midpoints.
template <class T>
class OrderStatistics {
 public:
  static constexpr std::uint64_t kKeepAll = std::uint64_t{1} << 18;

  // Percentages in ascending order, each in 1..100; `count` values will be added in each reading.
  OrderStatistics(std::uint64_t count, std::vector<unsigned> percentages);

  void add(const T& value);
  bool needs_second_reading() const { return !keep_all_; }
  void begin_second_reading();
  std::vector<T> quantiles();  // one per percentage; after the last reading

 private:
  static constexpr unsigned kCellBits = 20;  // sign, exponent and 8 bits of the significand
  static std::uint32_t cell_of(double x);

  std::uint64_t count_;
  std::vector<unsigned> percentages_;
  bool keep_all_, second_ = false;
  std::vector<T> kept_;
  std::vector<std::uint64_t> histogram_;
  struct Wanted {
    std::uint32_t cell;
    std::uint64_t rank_in_cell;  // 1-based
  };
  std::vector<Wanted> wanted_;
  std::vector<std::vector<T>>
      candidates_;  // per wanted rank; ranks that share a cell share the first one's list
};

}  // namespace escapement::observe

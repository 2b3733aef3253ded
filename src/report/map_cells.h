// The plane of a validity map cut into cells: each point owns the cell of its level around it, finer points over coarser
// ones. Painted on a raster of half pixels, so that neighbours meet without seams.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "escapement/report/plot.h"

namespace escapement::report {

// A point's cell along one key, in places of the key's Scale: as wide as the grid of the coarsest level is there, halved for
// each level above that.
struct Span {
  double low = 0, high = 0;
};
std::vector<Span> cell_spans(const std::vector<double>& places, const std::vector<unsigned>& levels);

class MapCells {
 public:
  // Cell k covers x[k] times y[k].
  MapCells(const Plot& plot, const std::vector<Span>& x, const std::vector<Span>& y,
           const std::vector<unsigned>& levels);

  static constexpr int kNobody = -1;
  // SVG path data. `in` and `differ` are asked with owners: the index of a cell, or kNobody.
  std::string area(const std::function<bool(int)>& in) const;
  std::string border(const std::function<bool(int, int)>& differ) const;

 private:
  int owner(std::size_t column, std::size_t row) const { return owner_[row * columns_ + column]; }

  double left_, top_;
  std::size_t columns_, rows_;
  std::vector<int> owner_;  // [rows x columns], from the top left
};

}  // namespace escapement::report

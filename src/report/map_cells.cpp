#include "escapement/report/map_cells.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace escapement::report {

namespace {

constexpr double kUnit = 0.5;  // pixels

std::size_t units(double pixels) {
  return static_cast<std::size_t>(std::max(0L, std::lround(pixels / kUnit)));
}

// Edges that differ by rounding alone are one: no slivers between cells that touch.
class Edges {
 public:
  void note(double pixels) { seen_.push_back(pixels); }
  void settle() {
    std::sort(seen_.begin(), seen_.end());
    double first = -1e9;
    for (const double edge : seen_)
      if (edge - first > 1.5 * kUnit) starts_.push_back(first = edge);
  }
  std::size_t operator()(double pixels) const {
    return units(*std::prev(std::upper_bound(starts_.begin(), starts_.end(), pixels)));
  }

 private:
  std::vector<double> seen_, starts_;
};

}  // namespace

std::vector<Span> cell_spans(const std::vector<double>& places, const std::vector<unsigned>& levels) {
  std::vector<double> coarse;
  if (places.empty()) return {};
  const unsigned least = *std::min_element(levels.begin(), levels.end());
  for (std::size_t k = 0; k < places.size(); ++k)
    if (levels[k] == least) coarse.push_back(places[k]);
  std::sort(coarse.begin(), coarse.end());
  const double slack = 1e-9 * std::max({1.0, std::abs(coarse.front()), std::abs(coarse.back())});
  coarse.erase(std::unique(coarse.begin(), coarse.end(), [&](double a, double b) { return b - a < slack; }),
               coarse.end());
  const auto gap = [&](std::size_t i) { return coarse[i + 1] - coarse[i]; };
  const std::size_t last = coarse.size() - 1;
  std::vector<Span> spans;
  for (std::size_t k = 0; k < places.size(); ++k) {
    double below = 1, above = 1;  // a single place: one unit around it
    if (last > 0) {
      const auto next = std::upper_bound(coarse.begin(), coarse.end(), places[k] + slack);
      const auto i = static_cast<std::size_t>(next - coarse.begin());  // coarse[i - 1] <= place < coarse[i]
      const bool on_grid = i > 0 && places[k] - coarse[i - 1] < slack;
      above = gap(std::clamp<std::size_t>(i, 1, last) - 1);
      below = on_grid ? gap(std::clamp<std::size_t>(i - 1, 1, last) - 1) : above;
    }
    const double share = std::ldexp(0.5, -static_cast<int>(levels[k] - least));
    spans.push_back({places[k] - share * below, places[k] + share * above});
  }
  return spans;
}

MapCells::MapCells(const Plot& plot, const std::vector<Span>& x, const std::vector<Span>& y,
                   const std::vector<unsigned>& levels)
    : left_(plot.box().left),
      top_(plot.box().top),
      columns_(units(plot.box().width)),
      rows_(units(plot.box().height)),
      owner_(columns_ * rows_, kNobody) {
  Edges across, down;
  for (std::size_t k = 0; k < x.size(); ++k)
    for (const bool end : {false, true}) {
      across.note(plot.x(end ? x[k].high : x[k].low) - left_);
      down.note(plot.y(end ? y[k].high : y[k].low) - top_);
    }
  across.settle();
  down.settle();
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return levels[a] < levels[b]; });
  for (const std::size_t k : order) {
    const std::size_t from = std::min(across(plot.x(x[k].low) - left_), columns_ - 1),
                      to = std::clamp(across(plot.x(x[k].high) - left_), from + 1, columns_),
                      above = std::min(down(plot.y(y[k].high) - top_), rows_ - 1),
                      below = std::clamp(down(plot.y(y[k].low) - top_), above + 1, rows_);
    for (std::size_t row = above; row < below; ++row)
      std::fill_n(owner_.begin() + static_cast<std::ptrdiff_t>(row * columns_ + from), to - from,
                  static_cast<int>(k));
  }
}

std::string MapCells::area(const std::function<bool(int)>& in) const {
  struct Block {
    std::size_t from, to, top;
  };
  std::string data;
  std::vector<Block> open;
  const auto draw = [&](const Block& b, std::size_t bottom) {
    data += fmt::format("M{} {}h{}v{}h-{}z", coordinate(left_ + kUnit * static_cast<double>(b.from)),
                        coordinate(top_ + kUnit * static_cast<double>(b.top)),
                        coordinate(kUnit * static_cast<double>(b.to - b.from)),
                        coordinate(kUnit * static_cast<double>(bottom - b.top)),
                        coordinate(kUnit * static_cast<double>(b.to - b.from)));
  };
  for (std::size_t row = 0; row <= rows_; ++row) {
    std::vector<Block> now;
    for (std::size_t column = 0; row < rows_ && column < columns_;) {
      const std::size_t from = column;
      while (column < columns_ && in(owner(column, row))) ++column;
      if (column > from) now.push_back({from, column, row});
      while (column < columns_ && !in(owner(column, row))) ++column;
    }
    for (const Block& before : open) {  // goes on below, or ends here
      const auto same = std::find_if(
          now.begin(), now.end(), [&](const Block& b) { return b.from == before.from && b.to == before.to; });
      if (same != now.end())
        same->top = before.top;
      else
        draw(before, row);
    }
    open = std::move(now);
  }
  return data;
}

std::string MapCells::border(const std::function<bool(int, int)>& differ) const {
  std::string data;
  const auto run = [&](std::size_t count, const auto& is_border, const auto& draw) {
    for (std::size_t i = 0; i < count;) {
      const std::size_t from = i;
      while (i < count && is_border(i)) ++i;
      if (i > from) draw(kUnit * static_cast<double>(from), kUnit * static_cast<double>(i));
      while (i < count && !is_border(i)) ++i;
    }
  };
  for (std::size_t column = 1; column < columns_; ++column)
    run(
        rows_, [&](std::size_t row) { return differ(owner(column - 1, row), owner(column, row)); },
        [&](double from, double to) {
          data += fmt::format("M{} {}V{}", coordinate(left_ + kUnit * static_cast<double>(column)),
                              coordinate(top_ + from), coordinate(top_ + to));
        });
  for (std::size_t row = 1; row < rows_; ++row)
    run(
        columns_, [&](std::size_t column) { return differ(owner(column, row - 1), owner(column, row)); },
        [&](double from, double to) {
          data += fmt::format("M{} {}H{}", coordinate(left_ + from),
                              coordinate(top_ + kUnit * static_cast<double>(row)), coordinate(left_ + to));
        });
  return data;
}

}  // namespace escapement::report

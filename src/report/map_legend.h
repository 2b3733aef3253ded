// What the colours, patterns and lines of a validity map mean, and the cross at the marked values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escapement/report/plot.h"
#include "escapement/theory/verdict.h"

namespace escapement::report {

inline constexpr const char* kPale = "0.32";  // opacity of a cell outside the conditions

// Entries in lines below the frame, wrapped at its width: the outcomes that occur, with their numbers of points.
class MapLegend {
 public:
  MapLegend(const theory::ValidityMap& map, double left, double top, double width);
  double bottom() const;
  void draw(Svg& svg, const std::string& id) const;

 private:
  struct Entry {
    enum class Kind { area, pale, border, line, cross } kind;
    theory::Outcome outcome;
    std::string text;
    double x, y;
  };
  void add(Entry::Kind kind, theory::Outcome outcome, const std::string& text);

  double left_, width_, x_, y_;
  std::vector<Entry> entries_;
};

// A cross at the marked place, of a single key a line across; beyond the frame an arrow on it. Labelled with the values.
void draw_mark(Svg& svg, const Plot& plot, const theory::ValidityMap& map, std::optional<double> x,
               std::optional<double> y);

}  // namespace escapement::report

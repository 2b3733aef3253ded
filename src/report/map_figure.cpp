#include "escapement/report/map_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/map_cells.h"
#include "escapement/report/map_legend.h"
#include "escapement/report/outcome_style.h"
#include "escapement/report/scale.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

using numeric::Exact;
using numeric::Truth;
using theory::MapPoint;
using theory::Outcome;
using theory::ValidityMap;

namespace {

constexpr std::size_t kMostTooltips = 4000;
constexpr double kWidth = 660, kLeft = 92, kTop = 62, kFrameWidth = 540, kPlaneHeight = 400,
                 kStripHeight = 84;

// One key: its scale, the points' cells, and where the marked value lies.
struct Key {
  Key(const std::vector<std::string>& values, const std::vector<unsigned>& levels, bool logarithmic,
      const std::string* marked)
      : scale(exact_values(values), logarithmic) {
    std::vector<double> places;
    for (const std::string& value : values) places.push_back(scale.place(*numeric::parse_exact(value)));
    spans = cell_spans(places, levels);
    for (const Span& s : spans) {
      range.low = std::min(range.low, s.low);
      range.high = std::max(range.high, s.high);
    }
    if (marked != nullptr) mark = scale.place(*numeric::parse_exact(*marked));
  }
  static std::vector<Exact> exact_values(const std::vector<std::string>& values) {
    std::vector<Exact> exact;
    for (const std::string& value : values) exact.push_back(*numeric::parse_exact(value));
    return exact;
  }

  Scale scale;
  std::vector<Span> spans;
  Span range{1e300, -1e300};
  std::optional<double> mark;
};

const std::string* marked_value(const ValidityMap& map, const std::string& key) {
  for (const auto& [name, value] : map.marked)
    if (name == key && !key.empty()) return &value;
  return nullptr;
}

std::string tooltip(const ValidityMap& map, const MapPoint& p) {
  std::string text = map.x_key + " = " + p.x;
  if (!map.y_key.empty()) text += ", " + map.y_key + " = " + p.y;
  text += ": " + to_string(p.outcome);
  if (!p.measured.empty()) text += "; measured " + brief(p.measured);
  if (!p.bound.empty()) text += ", bound " + brief(p.bound);
  return text + (p.inside == Truth::yes  ? "; inside the conditions"
                 : p.inside == Truth::no ? "; outside the conditions"
                                         : "; conditions not known");
}

void draw_areas(Svg& svg, const MapCells& cells, const ValidityMap& map, const std::string& id) {
  for (const Outcome outcome : kOutcomes)
    for (const bool inside : {true, false}) {
      const std::string area = cells.area([&](int k) {
        if (k == MapCells::kNobody) return false;
        const MapPoint& p = map.points[static_cast<std::size_t>(k)];
        return p.outcome == outcome && (p.inside == Truth::yes) == inside;
      });
      if (area.empty()) continue;
      svg.path(area, fmt::format(R"(fill="{}" fill-opacity="{}" shape-rendering="crispEdges")",
                                 style_of(outcome).colour, inside ? "1" : kPale));
      if (const std::string fill = pattern_fill(id, outcome); fill != "none")
        svg.path(area, fmt::format(R"(fill="{}" opacity="{}")", fill, inside ? "0.75" : "0.4"));
    }
}

void draw_borders(Svg& svg, const MapCells& cells, const ValidityMap& map) {
  const auto point = [&](int k) -> const MapPoint& { return map.points[static_cast<std::size_t>(k)]; };
  const auto both = [](int a, int b) { return a != b && a != MapCells::kNobody && b != MapCells::kNobody; };
  svg.path(cells.border(both),
           R"(class="cells" fill="none" stroke="#ffffff" stroke-opacity="0.5" stroke-width="0.6")");
  svg.path(cells.border([&](int a, int b) { return both(a, b) && point(a).outcome != point(b).outcome; }),
           R"(fill="none" stroke="#111111" stroke-width="1.5" stroke-linecap="square")");
  const std::string regime = cells.border([&](int a, int b) {
    return both(a, b) && (point(a).inside == Truth::yes) != (point(b).inside == Truth::yes);
  });
  if (regime.empty()) return;
  svg.path(regime, R"(fill="none" stroke="#ffffff" stroke-width="3.6" stroke-linecap="square")");
  svg.path(regime, R"(fill="none" stroke="#111111" stroke-width="2" stroke-dasharray="5 4")");
}

}  // namespace

std::string map_svg(const ValidityMap& map, const std::string& id) {
  if (map.points.empty()) return "";
  const bool plane = !map.y_key.empty();
  std::vector<std::string> x_values, y_values;
  std::vector<unsigned> levels;
  for (const MapPoint& p : map.points) {
    x_values.push_back(p.x);
    if (plane) y_values.push_back(p.y);
    levels.push_back(p.level);
  }
  const Key x(x_values, levels, map.x_log, marked_value(map, map.x_key));
  const double height = plane ? kPlaneHeight : kStripHeight;
  const Box box{kLeft, kTop, kFrameWidth, height};

  std::optional<Key> y;
  if (plane) y.emplace(y_values, levels, map.y_log, marked_value(map, map.y_key));
  const Plot plot(x.scale.axis(x.range.low, x.range.high, 6),
                  plane ? y->scale.axis(y->range.low, y->range.high, 6) : Axis{0, 1, false, {}}, box);
  const std::vector<Span> whole(map.points.size(), Span{0, 1});
  const MapCells cells(plot, x.spans, plane ? y->spans : whole, levels);

  const std::string title = map.statement + (map.clause.empty() ? "" : " " + map.clause) + ", " + map.reading;
  const MapLegend legend(map, kLeft, box.bottom() + 62, kFrameWidth);
  Svg svg(kWidth, legend.bottom() + 12, "Validity map of " + title + ": " + map.claim);
  define_patterns(svg, id);
  svg.label(kLeft, 24, title, Svg::Anchor::start, 15, R"(font-weight="600")");
  svg.label(kLeft, 45, fit_width(one_line(map.claim), 92), Svg::Anchor::start, 12);
  // White on a dark page too: pale is pale, and patterns are dark.
  svg.rect(box.left, box.top, box.width, box.height, R"(fill="#ffffff")");
  draw_areas(svg, cells, map, id);
  draw_borders(svg, cells, map);
  if (map.points.size() <= kMostTooltips)
    for (std::size_t k = 0; k < map.points.size(); ++k) {
      const Span& across = x.spans[k];
      const Span up = plane ? y->spans[k] : whole[k];
      svg.rect(plot.x(across.low), plot.y(up.high), plot.x(across.high) - plot.x(across.low),
               plot.y(up.low) - plot.y(up.high), R"(fill="none" pointer-events="all")",
               tooltip(map, map.points[k]));
    }
  plot.draw_frame(svg, x.scale.name(map.x_key), plane ? y->scale.name(map.y_key) : "");
  draw_mark(svg, plot, map, x.mark, plane ? y->mark : std::nullopt);
  legend.draw(svg, id);
  return svg.text();
}

}  // namespace escapement::report

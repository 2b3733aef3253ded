#include "escapement/report/map_legend.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/outcome_style.h"

namespace escapement::report {

using numeric::Truth;
using theory::MapPoint;
using theory::Outcome;
using theory::ValidityMap;

namespace {

constexpr double kSize = 12, kLine = 24, kSwatch = 22;
constexpr const char* kHalo =
    R"(class="halo" stroke="#ffffff" fill="none" stroke-width="5" stroke-linecap="round")";
constexpr const char* kCross = R"(stroke="#000000" fill="none" stroke-width="2.4")";

std::string cross(double x, double y, double arm) {
  return fmt::format("M{0} {1}H{2}M{3} {4}V{5}", coordinate(x - arm), coordinate(y), coordinate(x + arm),
                     coordinate(x), coordinate(y - arm), coordinate(y + arm));
}

}  // namespace

MapLegend::MapLegend(const ValidityMap& map, double left, double top, double width)
    : left_(left), width_(width), x_(left), y_(top) {
  using Kind = Entry::Kind;
  const auto count = [&](const auto& which) {
    return std::count_if(map.points.begin(), map.points.end(), which);
  };
  for (const Outcome outcome : kOutcomes)
    if (const auto n = count([&](const MapPoint& p) { return p.outcome == outcome; }); n > 0)
      add(Kind::area, outcome, fmt::format("{} ({})", to_string(outcome), n));
  const auto within = count([](const MapPoint& p) { return p.inside == Truth::yes; });
  const auto unknown = count([](const MapPoint& p) { return p.inside == Truth::unknown; });
  const auto all = static_cast<std::ptrdiff_t>(map.points.size());
  if (within < all)
    add(Kind::pale, Outcome::holds,
        fmt::format("pale: outside the statement's conditions{}{}", unknown > 0 ? ", or not known" : "",
                    within == 0 ? " (everywhere here)" : ""));
  if (within > 0 && within < all) add(Kind::border, Outcome::holds, "border of the conditions");
  if (!map.marked.empty())
    add(map.y_key.empty() ? Kind::line : Kind::cross, Outcome::holds, "the paper's own values");
}

void MapLegend::add(Entry::Kind kind, Outcome outcome, const std::string& text) {
  const double wide = kSwatch + 7 + label_width(text, kSize) + 20;
  if (x_ > left_ && x_ + wide > left_ + width_) {
    x_ = left_;
    y_ += kLine;
  }
  entries_.push_back({kind, outcome, text, x_, y_});
  x_ += wide;
}

double MapLegend::bottom() const { return y_ + kLine / 2; }

void MapLegend::draw(Svg& svg, const std::string& id) const {
  for (const Entry& e : entries_) {
    const auto swatch = [&](const std::string& fill) { svg.rect(e.x, e.y - 7, kSwatch, 14, fill); };
    switch (e.kind) {
      case Entry::Kind::area:
        swatch(fmt::format(R"(fill="{}")", style_of(e.outcome).colour));
        swatch(fmt::format(R"(fill="{}" stroke="currentColor" stroke-width="0.8")",
                           pattern_fill(id, e.outcome)));
        break;
      case Entry::Kind::pale:
        swatch(R"(fill="#ffffff")");
        swatch(fmt::format(R"(fill="{}" fill-opacity="{}" stroke="currentColor" stroke-width="0.8")",
                           style_of(Outcome::holds).colour, kPale));
        break;
      case Entry::Kind::border:
        svg.line(e.x, e.y, e.x + kSwatch, e.y,
                 R"(fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="5 4")");
        break;
      case Entry::Kind::line:
        svg.line(e.x + kSwatch / 2, e.y - 8, e.x + kSwatch / 2, e.y + 8,
                 R"(stroke="currentColor" stroke-width="2.4")");
        break;
      case Entry::Kind::cross:
        svg.path(cross(e.x + kSwatch / 2, e.y, 7), R"(fill="none" stroke="currentColor" stroke-width="2.4")");
        break;
    }
    svg.label(e.x + kSwatch + 7, e.y + 4, e.text, Svg::Anchor::start, kSize);
  }
}

void draw_mark(Svg& svg, const Plot& plot, const ValidityMap& map, std::optional<double> x,
               std::optional<double> y) {
  if (!x && !y) return;
  const Box& box = plot.box();
  std::string text = "paper: ";
  for (const auto& [key, value] : map.marked)
    text += (text.size() > 7 ? ", " : "") + key + " = " + brief(value);
  const double at_x = x ? plot.x(*x) : box.left + box.width / 2,
               at_y = y ? plot.y(*y) : box.top + box.height / 2;
  const double px = std::clamp(at_x, box.left, box.right()), py = std::clamp(at_y, box.top, box.bottom());
  const bool beyond =
      at_x < box.left - 1 || at_x > box.right() + 1 || at_y < box.top - 1 || at_y > box.bottom() + 1;
  std::string shape = cross(px, py, 9);
  if (beyond) {
    // An arrow from within the frame to the place on it that is nearest.
    const double dx = at_x < box.left - 1      ? -1
                      : at_x > box.right() + 1 ? 1
                                               : 0,
                 dy = at_y < box.top - 1        ? -1
                      : at_y > box.bottom() + 1 ? 1
                                                : 0;
    const double tip_x = px - 3 * dx, tip_y = py - 3 * dy;
    shape = fmt::format("M{} {}L{} {}M{} {}L{} {}L{} {}", coordinate(tip_x - 26 * dx),
                        coordinate(tip_y - 26 * dy), coordinate(tip_x), coordinate(tip_y),
                        coordinate(tip_x - 9 * dx - 5 * dy), coordinate(tip_y - 9 * dy - 5 * dx),
                        coordinate(tip_x), coordinate(tip_y), coordinate(tip_x - 9 * dx + 5 * dy),
                        coordinate(tip_y - 9 * dy + 5 * dx));
    text += ", beyond the map";
  } else if (!y) {
    shape = fmt::format("M{} {}V{}", coordinate(px), coordinate(box.top), coordinate(box.bottom()));
  } else if (!x) {
    shape = fmt::format("M{} {}H{}", coordinate(box.left), coordinate(py), coordinate(box.right()));
  }
  svg.path(shape, kHalo);
  svg.path(shape, kCross);
  const double wide = label_width(text, kSize) + 10;
  const bool left_of = px + 14 + wide > box.right();
  // A label that is wider than the box begins at its left.
  const double text_x =
      std::max(box.left + 4, std::min(left_of ? px - 14 - wide : px + 14, box.right() - wide - 4));
  // Beside the cross, beside an arrow's shaft below or above it.
  const double text_y = std::clamp(beyond && at_y >= box.top && at_y <= box.bottom() ? py + 24 : py,
                                   box.top + 16, box.bottom() - 16);
  svg.rect(text_x, text_y - 10, wide, 20,
           R"(fill="#ffffff" fill-opacity="0.9" stroke="#555555" stroke-width="0.7" rx="3")");
  svg.label(text_x + 5, text_y + 4, text, Svg::Anchor::start, kSize, R"(style="fill:#111111")");
}

}  // namespace escapement::report

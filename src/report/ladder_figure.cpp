#include "escapement/report/ladder_figure.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/plot.h"

namespace escapement::report {

using theory::Ladder;

namespace {

// log10 of a rung's limit and constant, the latter with its enclosure.
struct Spot {
  double x, y, low, high;
  std::string tooltip;
};

std::vector<Spot> spots(const Ladder& ladder) {
  std::vector<Spot> result;
  for (const theory::Rung& rung : ladder.rungs) {
    const auto x = log10_of(rung.limit), y = log10_of(rung.constant);
    if (!x || !y) continue;
    const auto low = log10_of(rung.constant.lower()), high = log10_of(rung.constant.upper());
    result.push_back({*x, *y, low.value_or(*y), high.value_or(*y),
                      fmt::format("{} = {}: constant {}", ladder.key, rung.at, brief(rung.constant))});
  }
  return result;
}

std::string decimal(double value) {
  if (std::isnan(value)) return "not defined";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  const std::string text = fmt::format("{:.2g}", std::abs(value));
  return (value < 0 && text != "0" ? "−" : "") + text;
}

// The part of the line through (x0, y0) between the axis' ends.
std::string segment(const Plot& plot, double x0, double y0, double slope, bool back = false) {
  const double left = plot.x_axis().low, right = plot.x_axis().high;
  const auto point = [&](double x) {
    return fmt::format("{} {}", coordinate(plot.x(x)), coordinate(plot.y(y0 + slope * (x - x0))));
  };
  return back ? "L" + point(right) + "L" + point(left) : "M" + point(left) + "L" + point(right);
}

void draw_fit(Svg& svg, const Plot& plot, const Ladder& ladder, const std::vector<Spot>& at) {
  if (at.size() < 2 || !std::isfinite(ladder.exponent)) return;
  double x0 = 0, y0 = 0;
  for (const Spot& p : at) {
    x0 += p.x / static_cast<double>(at.size());
    y0 += p.y / static_cast<double>(at.size());
  }
  if (std::isfinite(ladder.exponent_low) && std::isfinite(ladder.exponent_high)) {
    // A bow-tie: one edge there, the other back.
    const std::string edge = segment(plot, x0, y0, ladder.exponent_low),
                      other = segment(plot, x0, y0, ladder.exponent_high, true);
    svg.path(edge + other + "Z", R"(fill="#0072B2" fill-opacity="0.18" stroke="none")");
  }
  svg.path(segment(plot, x0, y0, ladder.exponent),
           R"(fill="none" stroke="#0072B2" stroke-width="2" stroke-dasharray="7 4")");
}

}  // namespace

std::string exponent_text(const Ladder& ladder) {
  if (std::isnan(ladder.exponent)) return "not fitted";
  std::string text = decimal(ladder.exponent);
  if (!std::isnan(ladder.exponent_low) && !std::isnan(ladder.exponent_high))
    text += fmt::format(" [{}, {}] at {:.3g}%", decimal(ladder.exponent_low), decimal(ladder.exponent_high),
                        100 * ladder.confidence);
  return text;
}

std::string ladder_svg(const Ladder& ladder, const std::string& title) {
  const std::vector<Spot> at = spots(ladder);
  if (at.empty()) return "";
  double x_low = at.front().x, x_high = x_low, y_low = at.front().low, y_high = at.front().high;
  for (const Spot& p : at) {
    x_low = std::min(x_low, p.x);
    x_high = std::max(x_high, p.x);
    y_low = std::min({y_low, p.low, p.y});
    y_high = std::max({y_high, p.high, p.y});
  }
  const double x_margin = std::max(0.1, 0.06 * (x_high - x_low)),
               y_margin = std::max(0.25, 0.12 * (y_high - y_low));
  const std::size_t missing = ladder.rungs.size() - at.size();
  Svg svg(560, missing == 0 ? 360 : 380, title);
  const Plot plot(decade_axis(x_low - x_margin, x_high + x_margin, 6),
                  decade_axis(y_low - y_margin, y_high + y_margin, 5), {86, 44, 450, 258});
  svg.label(86, 19, title, Svg::Anchor::start, 14, R"(font-weight="600")");
  plot.draw_grid(svg);
  // What leaves the frame is cut by a picture within the picture: no identifiers, so that many figures share a page.
  const Box& box = plot.box();
  svg.raw(fmt::format(R"(<svg x="{0}" y="{1}" width="{2}" height="{3}" viewBox="{0} {1} {2} {3}">)", box.left,
                      box.top, box.width, box.height));
  draw_fit(svg, plot, ladder, at);
  svg.raw("</svg>\n");
  for (const Spot& p : at) {
    const double x = plot.x(p.x);
    if (plot.y(p.low) - plot.y(p.high) > 4)
      svg.path(fmt::format("M{0} {1}V{2}M{3} {1}h8M{3} {2}h8", coordinate(x), coordinate(plot.y(p.low)),
                           coordinate(plot.y(p.high)), coordinate(x - 4)),
               R"(fill="none" stroke="#D55E00" stroke-width="1.5")");
    svg.circle(x, plot.y(p.y), 4.5, R"(fill="#D55E00" stroke="currentColor" stroke-width="0.8")", p.tooltip);
  }
  plot.draw_frame(svg, ladder.limit_name, "constant needed");
  svg.line(88, 33, 116, 33, R"(stroke="#0072B2" stroke-width="2" stroke-dasharray="7 4")");
  svg.label(122, 37, "exponent " + exponent_text(ladder), Svg::Anchor::start, 12);
  if (missing > 0)
    svg.label(86, 371,
              fmt::format("not shown: {} of {} rungs, whose constant is zero or not defined", missing,
                          ladder.rungs.size()),
              Svg::Anchor::start, 11);
  return svg.text();
}

}  // namespace escapement::report

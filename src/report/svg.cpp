#include "escapement/report/svg.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/check.h"
#include "escapement/report/markup.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

// Cuts an enhanced label into pieces: plain, raised and lowered.
template <class Use>
void each_piece(std::string_view text, Use use) {
  while (!text.empty()) {
    const char mark = text.front();
    const bool shifted = (mark == '^' || mark == '_') && text.starts_with(mark == '^' ? "^{" : "_{");
    const std::size_t end = shifted ? text.find('}') : std::string_view::npos;
    if (end != std::string_view::npos) {
      use(mark, text.substr(2, end - 2));
      text.remove_prefix(end + 1);
      continue;
    }
    const std::size_t next = std::min(text.find_first_of("^_", 1), text.size());
    use(' ', text.substr(0, next));
    text.remove_prefix(next);
  }
}

std::string tooltip_of(std::string_view text) {
  return text.empty() ? "" : fmt::format("<title>{}</title>", html_text(text));
}

}  // namespace

std::string coordinate(double value) {
  ESCAPEMENT_CHECK(!std::isnan(value));
  constexpr double kFar = 1e6;  // beyond any picture; browsers want plain numbers
  std::string text = fmt::format("{:.2f}", std::clamp(value, -kFar, kFar));
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

double label_width(std::string_view enhanced, double size) {
  double width = 0;
  each_piece(enhanced, [&](char mark, std::string_view piece) {
    width += static_cast<double>(display_width(piece)) * size * (mark == ' ' ? 0.54 : 0.4);
  });
  return width;
}

Svg::Svg(double width, double height, std::string_view title)
    : width_(width), height_(height), title_(html_text(title)) {}

void Svg::rect(double x, double y, double width, double height, std::string_view attributes,
               std::string_view tooltip) {
  body_ +=
      fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" {}>{}</rect>)", coordinate(x), coordinate(y),
                  coordinate(width), coordinate(height), attributes, tooltip_of(tooltip)) +
      "\n";
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view attributes) {
  path(fmt::format("M{} {}L{} {}", coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2)),
       attributes);
}

void Svg::circle(double x, double y, double radius, std::string_view attributes, std::string_view tooltip) {
  body_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" {}>{}</circle>)", coordinate(x), coordinate(y),
                       coordinate(radius), attributes, tooltip_of(tooltip)) +
           "\n";
}

void Svg::path(std::string_view data, std::string_view attributes) {
  body_ += fmt::format(R"(<path d="{}" {}/>)", data, attributes) + "\n";
}

void Svg::label(double x, double y, std::string_view enhanced, Anchor anchor, double size,
                std::string_view attributes) {
  constexpr const char* kAnchors[] = {"start", "middle", "end"};
  std::string spans;
  double shift = 0;  // a later piece stands relative to the one before it
  each_piece(enhanced, [&](char mark, std::string_view piece) {
    const double wanted = mark == '^' ? -0.38 * size : mark == '_' ? 0.22 * size : 0;
    const std::string scale = mark == ' ' ? "" : fmt::format(R"( font-size="{}")", coordinate(0.72 * size));
    const std::string move = wanted == shift ? "" : fmt::format(R"( dy="{}")", coordinate(wanted - shift));
    spans += scale.empty() && move.empty()
                 ? html_text(piece)
                 : fmt::format("<tspan{}{}>{}</tspan>", move, scale, html_text(piece));
    shift = wanted;
  });
  body_ +=
      fmt::format(R"(<text x="{}" y="{}" text-anchor="{}" font-size="{}" fill="currentColor" {}>{}</text>)",
                  coordinate(x), coordinate(y), kAnchors[static_cast<int>(anchor)], coordinate(size),
                  attributes, spans) +
      "\n";
}

std::string Svg::text() const {
  return fmt::format(
             R"(<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 {0} {1}" width="{0}" height="{1}" )"
             R"(role="img" aria-label="{2}" color="#222222" font-family="system-ui, 'Helvetica Neue', Arial, sans-serif">)",
             coordinate(width_), coordinate(height_), title_) +
         "\n<title>" + title_ + "</title>\n" +
         fmt::format(R"(<rect class="sheet" width="{}" height="{}" fill="#ffffff"/>)", coordinate(width_),
                     coordinate(height_)) +
         "\n" + body_ + "</svg>\n";
}

}  // namespace escapement::report

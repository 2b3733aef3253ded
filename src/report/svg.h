// A picture as SVG text: shapes and labels, nothing that moves, loads or runs. Stands alone as a file and goes inline into
// a page, whose style may recolour the classes `sheet` (background) and `ink` (text and axes, in currentColor).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace escapement::report {

class Svg {
 public:
  // In pixels. `title` is what a screen reader says.
  Svg(double width, double height, std::string_view title);

  double width() const { return width_; }
  double height() const { return height_; }

  // `attributes` is SVG of our own, such as R"(fill="none" stroke-width="2")": never a user's text. A `tooltip` is plain text.
  void rect(double x, double y, double width, double height, std::string_view attributes,
            std::string_view tooltip = {});
  void line(double x1, double y1, double x2, double y2, std::string_view attributes);
  void circle(double x, double y, double radius, std::string_view attributes, std::string_view tooltip = {});
  void path(std::string_view data, std::string_view attributes);

  enum class Anchor { start, middle, end };
  // Text whose baseline begins, is centred or ends at (x, y). Enhanced as an axis label: 10^{−7}, w_{i}; otherwise plain.
  void label(double x, double y, std::string_view enhanced, Anchor anchor, double size,
             std::string_view attributes = {});
  void raw(std::string_view svg) { body_ += svg; }  // <defs>, <g>, of our own

  std::string text() const;

 private:
  double width_, height_;
  std::string title_, body_;
};

// Two decimals, without trailing zeros: coordinates.
std::string coordinate(double value);

// About how wide a label is, in pixels.
double label_width(std::string_view enhanced, double size);

}  // namespace escapement::report

// A frame with two axes on an Svg: ticks, grid and names, and where a value lies in pixels.
#pragma once

#include <string>

#include "escapement/report/axis.h"
#include "escapement/report/svg.h"

namespace escapement::report {

struct Box {
  double left = 0, top = 0, width = 0, height = 0;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

class Plot {
 public:
  Plot(Axis x, Axis y, Box box) : x_(std::move(x)), y_(std::move(y)), box_(box) {}

  double x(double value) const { return box_.left + x_.position(value) * box_.width; }
  double y(double value) const { return box_.bottom() - y_.position(value) * box_.height; }
  const Box& box() const { return box_; }
  const Axis& x_axis() const { return x_; }
  const Axis& y_axis() const { return y_; }

  void draw_grid(Svg& svg) const;  // below the data
  // Above them. Names are enhanced text; an axis without a name has no ticks either.
  void draw_frame(Svg& svg, const std::string& x_name, const std::string& y_name) const;

 private:
  Axis x_, y_;
  Box box_;
};

}  // namespace escapement::report

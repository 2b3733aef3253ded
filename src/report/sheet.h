// A figure as a gnuplot script: panels placed by the pixel on a white sheet, drawn once as SVG and once as PNG.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "escapement/report/axis.h"

namespace escapement::report {

// Okabe and Ito's palette, which colour-blind readers can tell apart, and the greys around it.
namespace colour {
inline constexpr const char* kBlue = "#0072B2";
inline constexpr const char* kVermillion = "#D55E00";
inline constexpr const char* kGreen = "#009E73";
inline constexpr const char* kPurple = "#CC79A7";
inline constexpr const char* kOrange = "#E69F00";
inline constexpr const char* kText = "#222222";
inline constexpr const char* kAxis = "#777777";
inline constexpr const char* kGuide = "#999999";
inline constexpr const char* kGrid = "#EBEBEB";
inline constexpr const char* kFaint = "#CFCFCF";
inline constexpr const char* kNoiseOn = "#FBF1DC";
}  // namespace colour

inline constexpr double kFontSize = 12;  // pixels, as everything here; the PNG has twice as many
inline constexpr double kCharacter =
    0.56;  // mean width of a character by the size of its font; bold ones are wider

// `text` as a gnuplot string: in single quotes, so that nothing in it is substituted, on one line.
std::string quote(std::string_view text);
// `text` with the characters that enhanced text gives a meaning escaped.
std::string plain(std::string_view text);
std::string tick_list(const Axis& axis, bool labelled = true);  // what follows `set xtics`
std::string number(double value);                               // for gnuplot to read

// The plotting area, from the lower left corner of the sheet.
struct Frame {
  double left = 0, bottom = 0, width = 0, height = 0;
  double right() const { return left + width; }
  double top() const { return bottom + height; }
};

// Pixels from a frame to the middle of its y label, beside these ticks.
double label_distance(const Axis& y);

// What a line, a shade or a dot means: written above the panel, where it covers no data.
struct KeyEntry {
  enum class Kind { line, dashed, shade, dot } kind = Kind::line;
  std::string colour, title;  // title: enhanced text
};

struct Panel {
  Axis x, y;
  std::string x_label, y_label;  // enhanced text
  bool x_numbers = true, y_numbers = true;
  double label_distance = 0;  // of y_label's middle from the frame, pixels; 0: beside the ticks of this panel
  std::vector<std::string> plots;     // what follows `plot`, comma separated
  std::vector<KeyEntry> key;          // from left to right
  std::vector<std::string> commands;  // before it: objects, arrows, labels; they end with the panel
  bool steps = false;                 // x counts steps: noise and events are marked
};

class Sheet {
 public:
  // `files`: what the script reads, for the reader of the script. `height` is that below the title, which takes a line
  // or two of its own; a longer one is cut.
  Sheet(std::string name, std::string files, std::string_view title, int width, int height);

  double width() const { return width_; }
  double height() const { return height_; }  // below the title
  std::string screen_x(double pixels) const;
  std::string screen_y(double pixels) const;

  // The key's line begins `key_above` pixels above the frame.
  void add(const Panel& panel, const Frame& frame, double key_above = 0);
  // A key of its own, from `left` on, its line's middle `middle` pixels above the sheet's lower edge. Before the panels.
  void add_key(const std::vector<KeyEntry>& key, double left, double middle);
  std::string script() const;

 private:
  std::string name_, files_;
  void set_title(std::string_view text);
  std::string key_commands(const std::vector<KeyEntry>& key, double left, double middle) const;

  int width_, height_, total_height_;
  std::string title_, panels_;
};

}  // namespace escapement::report

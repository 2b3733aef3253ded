#include "escapement/report/sheet.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

std::string axis_commands(char name, const Axis& axis, bool numbers) {
  return fmt::format(
      "  {1} logscale {0}\n"
      "  set {0}range [{2}:{3}]\n"
      "  set {0}tics {4}\n",
      name, axis.logarithmic ? "set" : "unset", number(axis.low), number(axis.high),
      tick_list(axis, numbers));
}

// Arguments: name, files read, width, height, twice those, and the colours.
constexpr const char* kProlog = R"(# {0}.svg and {0}.png from {1}: gnuplot {0}.gp
reset
set encoding utf8
set datafile separator comma
set datafile columnheaders
if (!exists("out")) out = ''   # a prefix for the two files
at_least(x, bound) = x >= bound ? x : x < bound ? bound : NaN   # an undefined x stays undefined
do for [format in 'svg png'] {{
  if (format eq 'svg') {{
    set terminal svg size {2},{3} font 'sans-serif,{4}' enhanced background rgb 'white' linewidth 1
  }} else {{
    # Points of 1/72 inch become pixels of 1/96: half of the factor 2 is a fontscale of 1.5.
    set terminal pngcairo size {5},{6} font 'sans-serif,{4}' fontscale 1.5 linewidth 2 pointscale 2 enhanced background rgb 'white'
  }}
  set output out.'{0}.'.format
  set border 3 linewidth 0.7 linecolor rgb '{7}'
  set tics nomirror out scale 0.5,0.3 textcolor rgb '{8}'
  set grid ytics linetype 1 linewidth 0.6 linecolor rgb '{9}'
  set style fill solid noborder
  set style rectangle fillstyle solid noborder
  unset key
  set multiplot
)";

// Columns that enhanced text takes: without its braces and marks, indices at eight tenths.
double enhanced_width(std::string_view text) {
  double width = 0;
  bool small = false, braced = false;
  while (!text.empty()) {
    const char c = text.front();
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0u) == 0x80u) ++bytes;
    if (c == '_' || c == '^') {
      small = true;
    } else if (c == '{') {
      braced = true;
    } else if (c == '}') {
      small = braced = false;
    } else {
      width += static_cast<double>(display_width(text.substr(0, bytes))) * (small ? 0.8 : 1.0);
      small = small && braced;
    }
    text.remove_prefix(bytes);
  }
  return width;
}

}  // namespace

std::string quote(std::string_view text) {
  std::string result = "'";
  for (const char c : one_line(text)) {
    result += c;
    if (c == '\'') result += c;
  }
  return result + "'";
}

std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\{}^_@&~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string tick_list(const Axis& axis, bool labelled) {
  std::vector<std::string> ticks;
  for (const Tick& tick : axis.ticks)
    ticks.push_back(fmt::format("{} {}{}", quote(labelled ? tick.label : ""), number(tick.value),
                                tick.label.empty() ? " 1" : ""));
  return fmt::format("({})", fmt::join(ticks, ", "));
}

double label_distance(const Axis& y) {
  double width = 0;
  for (const Tick& tick : y.ticks) width = std::max(width, enhanced_width(tick.label));
  return 26 + width * kCharacter * kFontSize;
}

std::string number(double value) { return fmt::format("{:.10g}", value); }

Sheet::Sheet(std::string name, std::string files, std::string_view title, int width, int height)
    : name_(std::move(name)),
      files_(std::move(files)),
      width_(width),
      height_(height),
      total_height_(height + 10) {
  set_title(one_line(title));
}

std::string Sheet::screen_x(double pixels) const { return fmt::format("screen {:.5f}", pixels / width_); }
std::string Sheet::screen_y(double pixels) const {
  return fmt::format("screen {:.5f}", pixels / total_height_);
}

void Sheet::set_title(std::string_view text) {
  constexpr double kLeft = 14, kLine = 18;
  const auto most = static_cast<std::size_t>((width_ - 2 * kLeft) / (1.1 * kCharacter * kFontSize));
  std::vector<std::string> lines = {std::string(text)};
  if (text.empty()) return;
  if (display_width(text) > most) {
    const std::size_t space = text.rfind(' ', fit_width(text, most).size() - std::string_view("…").size());
    if (space != std::string_view::npos && space > 0)
      lines = {std::string(text.substr(0, space)), std::string(text.substr(space + 1))};
  }
  total_height_ = height_ + 14 + static_cast<int>(kLine * static_cast<double>(lines.size()));
  for (std::size_t i = 0; i < lines.size(); ++i)
    title_ +=
        fmt::format("  set label {} {} at {}, {} left textcolor rgb '{}'\n", i + 1,
                    quote("{/:Bold " + plain(fit_width(lines[i], most)) + "}"), screen_x(kLeft),
                    screen_y(total_height_ - kLine * (static_cast<double>(i) + 0.5) - 6), colour::kText);
}

std::string Sheet::key_commands(const std::vector<KeyEntry>& key, double left, double middle) const {
  std::string out;
  for (const KeyEntry& entry : key) {
    const double sample = entry.kind == KeyEntry::Kind::dot      ? 8
                          : entry.kind == KeyEntry::Kind::dashed ? 32
                                                                 : 18;
    const std::string from = screen_x(left), to = screen_x(left + sample);
    switch (entry.kind) {
      case KeyEntry::Kind::line:
      case KeyEntry::Kind::dashed:
        out += fmt::format(
            "  set arrow from {0}, {2} to {1}, {2} nohead linewidth 1.5{4} linecolor rgb '{3}'\n", from, to,
            screen_y(middle), entry.colour, entry.kind == KeyEntry::Kind::dashed ? " dashtype 2" : "");
        break;
      case KeyEntry::Kind::shade:
        out += fmt::format("  set object rectangle from {}, {} to {}, {} fillcolor rgb '{}'\n", from,
                           screen_y(middle - 5), to, screen_y(middle + 5), entry.colour);
        break;
      case KeyEntry::Kind::dot:
        out += fmt::format("  set label '' at {}, {} point pointtype 7 pointsize 0.5 linecolor rgb '{}'\n",
                           screen_x(left + sample / 2), screen_y(middle), entry.colour);
        break;
    }
    out += fmt::format("  set label {} at {}, {} left textcolor rgb '{}'\n", quote(entry.title),
                       screen_x(left + sample + 5), screen_y(middle), colour::kText);
    left += sample + 5 + enhanced_width(entry.title) * kCharacter * kFontSize + 16;
  }
  return out;
}

void Sheet::add(const Panel& panel, const Frame& frame, double key_above) {
  std::string& out = panels_;
  out += fmt::format("\n  set lmargin at {}\n  set rmargin at {}\n  set bmargin at {}\n  set tmargin at {}\n",
                     screen_x(frame.left), screen_x(frame.right()), screen_y(frame.bottom),
                     screen_y(frame.top()));
  out += axis_commands('x', panel.x, panel.x_numbers);
  out += axis_commands('y', panel.y, panel.y_numbers);
  // Not xlabel and ylabel, which the two terminals put at different places.
  if (!panel.x_label.empty())
    out += fmt::format("  set label {} at {}, {} center textcolor rgb '{}'\n", quote(panel.x_label),
                       screen_x(frame.left + frame.width / 2), screen_y(frame.bottom - 42), colour::kText);
  if (!panel.y_label.empty())
    out += fmt::format(
        "  set label {} at {}, {} center rotate by 90 textcolor rgb '{}'\n", quote(panel.y_label),
        screen_x(frame.left - (panel.label_distance > 0 ? panel.label_distance : label_distance(panel.y))),
        screen_y(frame.bottom + frame.height / 2), colour::kText);
  out += key_commands(panel.key, frame.left, frame.top() + key_above + 11);
  for (const std::string& command : panel.commands) out += "  " + command + "\n";
  out += fmt::format("  plot {}\n", fmt::join(panel.plots, ", \\\n       "));
  out += "  unset object\n  unset arrow\n  unset label\n";
}

void Sheet::add_key(const std::vector<KeyEntry>& key, double left, double middle) {
  title_ += key_commands(key, left, middle);
}

std::string Sheet::script() const {
  return fmt::format(fmt::runtime(kProlog), name_, files_, width_, total_height_, kFontSize, 2 * width_,
                     2 * total_height_, colour::kAxis, colour::kText, colour::kGrid) +
         title_ + panels_ + "  unset multiplot\n}\nset output\n";
}

}  // namespace escapement::report

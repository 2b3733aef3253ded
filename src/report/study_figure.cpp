#include "escapement/report/study_figure.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/check.h"
#include "escapement/report/csv_reader.h"
#include "escapement/report/sheet.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

using study::Axes;
using study::Mark;

namespace {

constexpr double kLeft = 84, kRight = 20, kXAxis = 58, kHeading = 26, kGap = 8, kKeyLine = 20, kHeight = 300;
constexpr const char* kColours[] = {colour::kBlue,   colour::kVermillion, colour::kGreen,
                                    colour::kPurple, colour::kOrange,     colour::kText};

// Whole decades as ticks, however many there are.
Axis powers_axis(const Range& data, int count) {
  const double low = std::log10(data.least_positive), high = std::log10(data.high),
               margin = std::max(0.04 * (high - low), 0.05);
  Axis axis = decade_axis(low - margin, high + margin, count);
  axis.logarithmic = true;
  axis.low = std::pow(10.0, axis.low);
  axis.high = std::pow(10.0, axis.high);
  for (Tick& tick : axis.ticks) tick.value = std::pow(10.0, tick.value);
  return axis;
}

class Figure {
 public:
  explicit Figure(const study::Result& sheet) : sheet_(sheet), file_(sheet.name + ".csv") {
    for (const Axes& axes : sheet.figure)
      for (const study::Curve& curve : axes.curves)
        if (!curve.title.empty() && std::find(titles_.begin(), titles_.end(), curve.title) == titles_.end())
          titles_.push_back(curve.title);
  }

  std::optional<Script> script() {
    std::vector<const Axes*> shown;
    for (const Axes& axes : sheet_.figure)
      if (!range_of(axes, &axes.x, nullptr).empty()) shown.push_back(&axes);
    if (shown.empty()) return std::nullopt;
    const double width = shown.size() == 1 ? 520 : shown.size() == 2 ? 360 : 300;
    const double total = static_cast<double>(shown.size()) * (kLeft + width) + kRight;
    const std::vector<std::vector<KeyEntry>> keys = key_lines(total - kLeft - kRight);
    const bool headed =
        std::any_of(shown.begin(), shown.end(), [](const Axes* a) { return !a->heading.empty(); });
    const double above = (headed ? kHeading : kGap) + kKeyLine * static_cast<double>(keys.size());
    Sheet page(sheet_.name, file_, sheet_.question, static_cast<int>(total),
               static_cast<int>(kXAxis + kHeight + above));
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const Frame frame{kLeft + static_cast<double>(i) * (kLeft + width), kXAxis, width, kHeight};
      Panel panel = panel_of(*shown[i]);
      if (!shown[i]->heading.empty())
        panel.commands.push_back(fmt::format("set label {} at {}, {} left textcolor rgb '{}'",
                                             quote(shown[i]->heading), page.screen_x(frame.left),
                                             page.screen_y(frame.top() + 12), colour::kText));
      page.add(panel, frame);
    }
    for (std::size_t line = 0; line < keys.size(); ++line)
      page.add_key(keys[line], kLeft,
                   kXAxis + kHeight + above - kKeyLine * (static_cast<double>(line) + 0.5));
    return Script{sheet_.name, page.script()};
  }

 private:
  std::size_t column(const std::string& name) const {
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i)
      if (sheet_.columns[i].name == name) return i;
    ESCAPEMENT_CHECK(false);
    return 0;
  }

  const char* colour_of(const std::string& title) const {
    const auto at = std::find(titles_.begin(), titles_.end(), title);
    return at == titles_.end()
               ? colour::kGuide
               : kColours[static_cast<std::size_t>(at - titles_.begin()) % std::size(kColours)];
  }

  bool belongs(const study::Row& row, const study::Curve& curve) const {
    return std::all_of(curve.where.begin(), curve.where.end(), [&](const auto& condition) {
      return row[column(condition.first)] == condition.second;
    });
  }

  // Of one column (`name`) over the rows that a panel shows; or of all that its curves draw upwards, where it is null.
  Range range_of(const Axes& axes, const std::string* name, const study::Curve* only) const {
    Range range;
    for (const study::Curve& curve : axes.curves) {
      if (only != nullptr && only != &curve) continue;
      for (const study::Row& row : sheet_.findings.rows) {
        if (!belongs(row, curve)) continue;
        const double x = parse_double(row[column(axes.x)]), y = parse_double(row[column(curve.y)]);
        if (!std::isfinite(x) || !std::isfinite(y) || (axes.x_log && x <= 0) || (axes.y_log && y <= 0))
          continue;
        if (name != nullptr) {
          range.include(parse_double(row[column(*name)]));
          continue;
        }
        range.include(y);
        for (const std::string& end : {curve.low, curve.high})
          if (!end.empty()) range.include(parse_double(row[column(end)]));
      }
    }
    return range;
  }

  // The key's entries: titles in order of appearance, then guides.
  std::vector<KeyEntry> key_entries() const {
    std::vector<KeyEntry> entries;
    for (const std::string& title : titles_) {
      KeyEntry entry{KeyEntry::Kind::dot, colour_of(title), title};
      for (const Axes& axes : sheet_.figure)
        for (const study::Curve& curve : axes.curves)
          if (curve.title == title && curve.mark != Mark::dots)
            entry.kind = curve.mark == Mark::dashed ? KeyEntry::Kind::dashed : KeyEntry::Kind::line;
      entries.push_back(std::move(entry));
    }
    for (const Axes& axes : sheet_.figure)
      for (const auto& [name, height] : axes.levels)
        if (std::none_of(entries.begin(), entries.end(),
                         [&, &n = name](const KeyEntry& e) { return e.title == n; }))
          entries.push_back({KeyEntry::Kind::dashed, colour::kGuide, name});
    return entries;
  }

  std::vector<std::vector<KeyEntry>> key_lines(double width) const {
    std::vector<std::vector<KeyEntry>> lines;
    double used = width + 1;
    for (KeyEntry entry : key_entries()) {
      const double length = (entry.kind == KeyEntry::Kind::dashed ? 54 : 40) +
                            static_cast<double>(display_width(entry.title)) * kCharacter * kFontSize;
      if (used + length > width) {
        lines.emplace_back();
        used = 0;
      }
      used += length;
      lines.back().push_back(std::move(entry));
    }
    return lines;
  }

  std::string value_of(const study::Curve& curve, const std::string& name) const {
    std::string condition;
    for (const auto& [key, text] : curve.where)
      condition += fmt::format("{}strcol(\"{}\") eq \"{}\"", condition.empty() ? "" : " && ", key, text);
    return condition.empty() ? fmt::format("(column(\"{}\"))", name)
                             : fmt::format("({} ? column(\"{}\") : NaN)", condition, name);
  }

  void add_plots(const Axes& axes, const study::Curve& curve, std::vector<std::string>& plots) const {
    const std::string points =
        fmt::format("{} using {}:{}", quote(file_), value_of(curve, axes.x), value_of(curve, curve.y));
    const std::string ink = fmt::format("linecolor rgb '{}'", colour_of(curve.title));
    if (!curve.low.empty()) {
      const std::string low = value_of(curve, curve.low), high = value_of(curve, curve.high);
      plots.push_back(fmt::format("{} using {}:{}:(0):({} - {}) with vectors nohead linewidth 1.2 {}",
                                  quote(file_), value_of(curve, axes.x), low, high, low, ink));
    }
    switch (curve.mark) {
      case Mark::dots:
        plots.push_back(fmt::format("{} with points pointtype 7 pointsize 0.5 {}", points, ink));
        break;
      case Mark::joined:
        plots.push_back(
            fmt::format("{} with linespoints pointtype 7 pointsize 0.45 linewidth 1.3 {}", points, ink));
        break;
      case Mark::line: plots.push_back(fmt::format("{} with lines linewidth 1.5 {}", points, ink)); break;
      case Mark::dashed:
        plots.push_back(fmt::format("{} with lines linewidth 1.5 dashtype 2 {}", points, ink));
        break;
    }
  }

  Panel panel_of(const Axes& axes) const {
    Panel panel;
    const Range x = range_of(axes, &axes.x, nullptr);
    Range y = range_of(axes, nullptr, nullptr);
    if (axes.y_range) {
      y = Range();
      y.include(axes.y_range->first);
      y.include(axes.y_range->second);
    }
    panel.x = axes.x_log ? powers_axis(x, 5) : linear_axis(x);
    panel.y = axes.y_log ? powers_axis(y, 6) : linear_axis(y);
    panel.commands.push_back("set datafile missing NaN");  // rows of other curves do not break a line
    panel.x_label = axes.x_label;
    panel.y_label = axes.y_label;
    for (const auto& [name, height] : axes.levels)
      panel.commands.push_back(
          fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead back linewidth 1.2 "
                      "dashtype 2 linecolor rgb '{1}'",
                      number(height), colour::kGuide));
    for (const study::Curve& curve : axes.curves)
      if (!range_of(axes, &axes.x, &curve).empty()) add_plots(axes, curve, panel.plots);
    return panel;
  }

  const study::Result& sheet_;
  std::string file_;
  std::vector<std::string> titles_;  // of the key, in order of appearance
};

}  // namespace

std::optional<Script> study_script(const study::Result& sheet) { return Figure(sheet).script(); }

}  // namespace escapement::report

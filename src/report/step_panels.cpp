#include "escapement/report/step_panels.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace escapement::report {

namespace {

constexpr std::size_t kMostPoints = 4000;  // of a line; a page has fewer dots across
constexpr unsigned kTint = 0xC8;           // how much of the paper shines through a shade
constexpr std::size_t kMarkedPoints = 30;  // up to here every record is marked

// ` every K` that leaves at most kMostPoints of `rows`.
std::string thinned(std::size_t rows) {
  return rows > kMostPoints ? fmt::format(" every {}", (rows + kMostPoints - 1) / kMostPoints) : "";
}

std::string line_style(std::size_t records) {
  return records <= kMarkedPoints ? "linespoints pointtype 7 pointsize 0.35" : "lines";
}

// "#RRGGBB" with the share of the paper that shines through, 0 to 255.
std::string translucent(const char* colour, unsigned transparency) {
  return fmt::format("#{:02X}{}", transparency, colour + 1);
}

struct Line {
  Curve curve;
  const char* colour;
  std::string title;
};

// The shade of each line, then the lines, so that no shade covers a line.
void draw(Panel& panel, const Series& series, const std::vector<Line>& lines) {
  const std::string source = quote(series.file()) + thinned(series.steps().size());
  // Where a logarithmic axis has no place for a quantile that is 0, the shade ends at the frame.
  const auto edge = [&](const std::string& column) {
    return panel.y.logarithmic ? fmt::format("(at_least(column(\"{}\"), {}))", column, number(panel.y.low))
                               : fmt::format("\"{}\"", column);
  };
  for (const Line& line : lines) {
    if (line.curve.low.empty()) continue;
    const std::string tint = translucent(line.colour, kTint);
    panel.plots.push_back(fmt::format("{} using \"step\":{}:{} with filledcurves fillcolor rgb '{}'", source,
                                      edge(line.curve.low), edge(line.curve.high), tint));
  }
  for (const Line& line : lines) {
    // A logarithmic axis has no place for a column of zeros: the key says so.
    const bool hidden = panel.y.logarithmic && !series.range(line.curve.line).positive();
    panel.plots.push_back(
        hidden ? std::string("NaN with lines")
               : fmt::format("{} using \"step\":\"{}\" with {} linewidth 1.3 linecolor rgb '{}'", source,
                             line.curve.line, line_style(series.steps().size()), line.colour));
    if (!line.title.empty())
      panel.key.push_back(
          {KeyEntry::Kind::line, line.colour, line.title + (hidden ? " (0 throughout)" : "")});
  }
  // One entry explains all shades.
  const auto shaded = [](const Line& line) { return !line.curve.low.empty(); };
  const auto first = std::find_if(lines.begin(), lines.end(), shaded);
  if (first == lines.end()) return;
  const bool several = std::count_if(lines.begin(), lines.end(), shaded) > 1;
  panel.key.push_back({KeyEntry::Kind::shade, several ? colour::kFaint : translucent(first->colour, kTint),
                       series.bands() ? "replicas: median, 10%–90%" : "10%–90% of neurons"});
}

std::optional<Panel> panel_of(const StepView& view, std::vector<Line> lines, const std::string& label,
                              Axis (*axis)(const Range&, int), Range range = {}) {
  std::erase_if(lines, [](const Line& line) { return line.curve.line.empty(); });
  if (lines.empty()) return std::nullopt;
  for (const Line& line : lines) range.include(view.series.range(line.curve));
  Panel panel;
  panel.steps = true;
  panel.x = view.x;
  panel.x_label = view.x_label;
  panel.y = axis(range, 4);
  panel.y_label = label;
  draw(panel, view.series, lines);
  return panel;
}

Range from_zero() {
  Range range;
  range.include(0.0);
  return range;
}

}  // namespace

StepView::StepView(const FigureRequest& request, const Series& s) : series(s), x(step_axis(s.steps())) {
  const double tau = series.range(series.curve("tau").line).high;
  x_label = tau > 0 && std::isfinite(tau)
                ? fmt::format("step t   (slow time η^2σ^2t/2 = {} at the end)", number_label(tau, 3))
                : "step t";
  for (NoiseBand band : request.noise_on) {
    band = {std::max(band.from, x.low), std::min(band.to, x.high)};
    if (band.from < band.to) noise_on.push_back(band);
  }
  // Schedules that alternate faster than about three pixels would only tint the panel.
  if (noise_on.size() > 100) noise_on.clear();
  for (const Event& event : request.events)
    if (event.step >= x.low && event.step <= x.high) events.push_back(event);
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.step < b.step; });
}

std::optional<Panel> loss_panel(const StepView& view) {
  const Series& s = view.series;
  return panel_of(view,
                  {{s.curve("train_loss"), colour::kBlue, "training loss"},
                   {s.curve("test_loss"), colour::kVermillion, "test loss"}},
                  "loss", loss_axis);
}

std::optional<Panel> norm_panel(const StepView& view) {
  return panel_of(view,
                  {{view.series.curve("mean_norm", "norm_q10", "norm_q90"), colour::kBlue, "mean norm"}},
                  "neuron norm ‖w_i‖", linear_axis, from_zero());
}

std::optional<Panel> alignment_panel(const StepView& view) {
  const Series& s = view.series;
  return panel_of(view,
                  {{s.curve("mean_abs_alignment"), colour::kVermillion, "mean |⟨w_i, θ*⟩|"},
                   {s.curve("mean_alignment"), colour::kGreen, "mean ⟨w_i, θ*⟩"}},
                  "alignment ⟨w_i, θ*⟩", linear_axis, from_zero());
}

std::optional<Panel> cosine_panel(const StepView& view) {
  auto panel = panel_of(view, {{view.series.curve("mean_abs_cosine"), colour::kVermillion, "mean |cos|"}},
                        "|cos(w_i, θ*)|", linear_axis);
  if (panel) panel->y = unit_axis();
  return panel;
}

std::optional<Panel> escape_panel(const StepView& view) {
  auto panel =
      panel_of(view, {{view.series.curve("escaped_share"), colour::kPurple, "outside the lazy ball"}},
               "share of neurons", linear_axis);
  if (panel) panel->y = unit_axis();
  return panel;
}

std::optional<Panel> second_layer_norm_panel(const StepView& view) {
  return panel_of(view, {{view.series.curve("norm_a"), colour::kGreen, ""}}, "second layer ‖a‖", linear_axis,
                  from_zero());
}

std::optional<Panel> second_layer_move_panel(const StepView& view) {
  return panel_of(view,
                  {{view.series.curve("second_layer_move"), colour::kPurple, "mean |a_i(t+1) − a_i(t)|"}},
                  "move in one step", loss_axis);
}

std::optional<Panel> followed_second_layer_panel(const StepView& view, const Paths& paths) {
  if (paths.second_layer.empty() || paths.neurons.empty()) return std::nullopt;
  static constexpr const char* kColours[] = {colour::kBlue, colour::kVermillion, colour::kGreen,
                                             colour::kOrange};
  Panel panel;
  panel.steps = true;
  panel.x = view.x;
  panel.x_label = view.x_label;
  panel.y = symmetric_axis(paths.second_layer, 4);
  panel.y_label = "second layer a_i";
  const std::size_t neurons = paths.neurons.size(), records = paths.steps.size();
  const std::size_t stride = neurons * std::max<std::size_t>(1, (records + kMostPoints - 1) / kMostPoints);
  for (std::size_t i = 0; i < std::min(neurons, std::size(kColours)); ++i) {
    panel.plots.push_back(fmt::format(
        "'paths.csv' every {}::{} using \"step\":\"second_layer\" with {} linewidth 0.8 linecolor rgb '{}'",
        stride, i, line_style(records), kColours[i]));
    panel.key.push_back(
        {KeyEntry::Kind::line, kColours[i], fmt::format("a_{{{}}}", paths.neurons[i].neuron)});
  }
  return panel;
}

std::vector<Flag> event_flags(const StepView& view, double frame_width) {
  std::vector<double> poles;
  for (const Event& event : view.events) poles.push_back(view.x.position(event.step) * frame_width);
  return place_flags(view.events, poles, frame_width, kCharacter * kFlagFont);
}

void add_noise_key(Panel& panel, const StepView& view) {
  if (!view.noise_on.empty())
    panel.key.push_back({KeyEntry::Kind::shade, colour::kNoiseOn, "label noise on"});
}

void mark_steps(Panel& panel, const StepView& view, const Sheet& sheet, const Frame& frame,
                const std::vector<Flag>& flags) {
  for (const NoiseBand& band : view.noise_on)
    panel.commands.push_back(
        fmt::format("set object rectangle from {}, graph 0 to {}, graph 1 behind fillcolor rgb '{}'",
                    number(band.from), number(band.to), colour::kNoiseOn));
  for (std::size_t i = 0; i < view.events.size(); ++i) {
    const double rise = i < flags.size() ? kFlagRow * (flags[i].row + 1) : 0;
    panel.commands.push_back(
        fmt::format("set arrow from {0}, graph 0 to {0}, {1} nohead back linewidth 0.8 linecolor rgb '{2}'",
                    number(view.events[i].step), sheet.screen_y(frame.top() + rise), colour::kGuide));
    if (i >= flags.size()) continue;
    panel.commands.push_back(fmt::format(
        "set label {} at {}, {} {} noenhanced font 'sans-serif,{}' textcolor rgb '{}'", quote(flags[i].text),
        sheet.screen_x(frame.left + flags[i].pole + (flags[i].leftward ? -3 : 3)),
        sheet.screen_y(frame.top() + rise - kFlagRow / 2), flags[i].leftward ? "right" : "left", kFlagFont,
        colour::kText));
  }
}

}  // namespace escapement::report

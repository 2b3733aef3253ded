#include "escapement/report/figure_scripts.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "escapement/report/neuron_panels.h"
#include "escapement/report/step_panels.h"

namespace escapement::report {

namespace {

// Pixels. A key takes a line; the left margin holds ticks such as 2×10^{-3} and a label.
constexpr double kKey = 22, kLeft = 84, kRight = 28, kXAxis = 54, kXTicks = 12;

void keep(std::vector<Panel>& panels, std::optional<Panel> panel) {
  if (panel) panels.push_back(std::move(*panel));
}

// The y labels of panels above each other, every `columns`th from `first` on, line up.
void align_labels(std::vector<Panel>& panels, std::size_t first = 0, std::size_t columns = 1) {
  double distance = 0;
  for (std::size_t i = first; i < panels.size(); i += columns)
    distance = std::max(distance, label_distance(panels[i].y));
  for (std::size_t i = first; i < panels.size(); i += columns) panels[i].label_distance = distance;
}

// Panels over the steps beneath each other; the steps are numbered under the last, the events named above the first.
std::optional<Script> stacked(const std::string& name, const FigureRequest& request, const StepView& view,
                              std::vector<Panel> panels, double height) {
  if (panels.empty()) return std::nullopt;
  const int width = 720;
  Frame frame{kLeft, 0, width - kLeft - kRight, height};
  const auto flags = event_flags(view, frame.width);
  const double top = kFlagRow * rows_of(flags), count = static_cast<double>(panels.size());
  add_noise_key(panels.front(), view);
  const double key = panels.front().key.empty() ? 0 : kKey;
  const int total = static_cast<int>(key + top + count * height + (count - 1) * (kKey + kXTicks) + kXAxis);

  Sheet sheet(name, view.series.file(), request.title, width, total);
  frame.bottom = total - key - top - height;
  align_labels(panels);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    Panel& panel = panels[i];
    const bool first = i == 0, last = i + 1 == panels.size();
    mark_steps(panel, view, sheet, frame, first ? flags : std::vector<Flag>());
    panel.x_numbers = last;
    if (!last) panel.x_label.clear();
    sheet.add(panel, frame, first ? top : 0);
    frame.bottom -= height + kKey + kXTicks;
  }
  return Script{name, sheet.script()};
}

std::optional<Script> path_figure(const FigureRequest& request, const Paths& paths) {
  const auto chosen = chosen_path(paths, request.path_neuron);
  if (!chosen) return std::nullopt;
  const double width = 560, height = 340, bar = 96;
  const Frame frame{kLeft, kXAxis, width - kLeft - kRight - bar, height};
  Sheet sheet("path", "paths.csv", request.title, static_cast<int>(width),
              static_cast<int>(kXAxis + height + kKey));
  sheet.add(path_panel(paths, *chosen, sheet, {frame.right() + 18, frame.bottom, 12, height - 16}), frame);
  return Script{"path", sheet.script()};
}

// Small multiples, three in a row, with the same axes.
std::optional<Script> cloud_figure(const FigureRequest& request, const Snapshots& snapshots) {
  const auto chosen = chosen_snapshots(snapshots);
  if (chosen.empty()) return std::nullopt;
  const std::size_t columns = std::min<std::size_t>(chosen.size(), chosen.size() == 4 ? 2 : 3);
  const std::size_t rows = (chosen.size() + columns - 1) / columns;
  const double side = 210, gap = 18, heading = 24;
  const int width = static_cast<int>(kLeft + static_cast<double>(columns) * (side + gap) - gap + kRight);
  const int height = static_cast<int>(kKey + static_cast<double>(rows) * (side + heading) + kXAxis);
  Sheet sheet("cloud", "neurons.csv", request.title, std::max(width, 420), height);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::size_t row = i / columns, column = i % columns;
    const Frame frame{kLeft + static_cast<double>(column) * (side + gap),
                      height - kKey - static_cast<double>(row + 1) * (side + heading), side, side};
    Panel panel = cloud_panel(snapshots, chosen[i]);
    panel.commands.push_back(fmt::format("set label 't = {}' at graph 0, {} left textcolor rgb '{}'",
                                         number_label(snapshots.blocks[chosen[i]].step),
                                         sheet.screen_y(frame.top() + 9), colour::kText));
    const bool left = column == 0, bottom = i + columns >= chosen.size();
    panel.y_numbers = left;
    panel.x_numbers = bottom;
    if (!left) panel.y_label.clear();
    if (!bottom) panel.x_label.clear();
    if (i > 0) panel.key.clear();
    sheet.add(panel, frame, heading - 2);
  }
  return Script{"cloud", sheet.script()};
}

// Two by two; a row of fewer where there are fewer panels. Events are named in the norm's panel.
std::optional<Script> overview_figure(const FigureRequest& request, const StepView& view,
                                      const Snapshots& snapshots) {
  std::vector<Panel> panels;
  keep(panels, loss_panel(view));
  const std::size_t norm = panels.size();
  keep(panels, norm_panel(view));
  const bool has_norm = panels.size() > norm;
  keep(panels, cosine_panel(view));
  if (!snapshots.blocks.empty()) panels.push_back(clouds_panel(snapshots, chosen_snapshots(snapshots, 3)));
  if (panels.size() < 4) keep(panels, escape_panel(view));
  if (panels.size() < 4) keep(panels, second_layer_move_panel(view));
  if (panels.empty()) return std::nullopt;

  const std::size_t columns = std::min<std::size_t>(panels.size(), 2), rows = (panels.size() + 1) / 2;
  const double width = 376, height = 200, right = 12;
  const auto flags = has_norm ? event_flags(view, width) : std::vector<Flag>();
  const double top = kFlagRow * rows_of(flags), below = kXAxis;
  const int total_width = static_cast<int>(static_cast<double>(columns) * (kLeft + width) + right + kRight);
  const int total = static_cast<int>(top + static_cast<double>(rows) * (kKey + height + below));
  Sheet sheet("overview", view.series.file() + (snapshots.blocks.empty() ? "" : " and neurons.csv"),
              request.title, total_width, total);
  for (std::size_t i = 0; i < columns; ++i) align_labels(panels, i, columns);
  if (panels.front().steps) add_noise_key(panels.front(), view);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const std::size_t row = i / 2, column = i % 2;
    const Frame frame{kLeft + static_cast<double>(column) * (kLeft + width + right),
                      total - top - kKey - height - static_cast<double>(row) * (kKey + height + below), width,
                      height};
    const bool named = has_norm && i == norm;
    Panel& panel = panels[i];
    if (panel.steps) mark_steps(panel, view, sheet, frame, named ? flags : std::vector<Flag>());
    if (panel.steps) panel.x_label = "step t";
    sheet.add(panel, frame, named ? top : 0);
  }
  return Script{"overview", sheet.script()};
}

}  // namespace

std::vector<Script> figure_scripts(const FigureRequest& request) {
  const Series series(request.directory, request.bands);
  const Paths paths = read_paths(request.directory);
  const Snapshots snapshots = read_snapshots(request.directory);

  std::vector<Script> scripts;
  const auto add = [&](std::optional<Script> script) {
    if (script) scripts.push_back(std::move(*script));
  };
  if (!series.steps().empty()) {
    const StepView view(request, series);
    std::vector<Panel> losses, phases, second_layer;
    keep(losses, loss_panel(view));
    add(stacked("losses", request, view, std::move(losses), 280));
    keep(phases, norm_panel(view));
    keep(phases, alignment_panel(view));
    keep(phases, cosine_panel(view));
    add(stacked("norm_alignment", request, view, std::move(phases), 150));
    keep(second_layer, second_layer_norm_panel(view));
    keep(second_layer, second_layer_move_panel(view));
    keep(second_layer, followed_second_layer_panel(view, paths));
    add(stacked("second_layer", request, view, std::move(second_layer), 150));
    add(overview_figure(request, view, snapshots));
  }
  add(path_figure(request, paths));
  add(cloud_figure(request, snapshots));
  return scripts;
}

}  // namespace escapement::report

#include "escapement/report/neuron_panels.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace escapement::report {

namespace {

constexpr std::size_t kMostNeurons = 1000;  // dots of one snapshot: evenly spaced neurons
constexpr std::size_t kMostRecords = 4000;  // points of one path

const char* const kNormLabel = "norm ‖w_i‖";
const char* const kAlignmentLabel = "alignment ⟨w_i, θ*⟩";

Panel plane(const Range& norm, const Axis& alignment, std::optional<double> theta_norm) {
  Range from_zero = norm;
  from_zero.include(0.0);
  Panel panel;
  panel.x = linear_axis(from_zero, 4);
  panel.y = alignment;
  panel.x_label = kNormLabel;
  panel.y_label = kAlignmentLabel;
  // The neurons parallel to theta* lie on these lines, all others between them.
  if (theta_norm) {
    for (const char* sign : {"", "-"})
      panel.plots.push_back(fmt::format("{}{}*x with lines linewidth 0.8 linecolor rgb '{}'", sign,
                                        number(*theta_norm), colour::kGuide));
    panel.key.push_back({KeyEntry::Kind::line, colour::kGuide, "|cos| = 1"});
  }
  return panel;
}

std::size_t stride_of(std::size_t count, std::size_t most) {
  return std::max<std::size_t>(1, (count + most - 1) / most);
}

std::string rows_of(const RowBlock& block) {
  return fmt::format("'neurons.csv' every {}::{}::{}", stride_of(block.count, kMostNeurons), block.first,
                     block.first + block.count - 1);
}

std::string dots(std::string_view colour) {
  return fmt::format("points pointtype 7 pointsize 0.22 linecolor rgb '{}'", colour);
}

}  // namespace

std::vector<std::size_t> chosen_snapshots(const Snapshots& snapshots, std::size_t most) {
  const std::size_t count = snapshots.blocks.size(), chosen = std::min(count, most);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < chosen; ++i)
    places.push_back(chosen == 1 ? count - 1 : (i * (count - 1) + (chosen - 1) / 2) / (chosen - 1));
  return places;
}

Panel cloud_panel(const Snapshots& snapshots, std::size_t block) {
  Panel panel = plane(snapshots.norm, symmetric_axis(snapshots.alignment, 4), snapshots.theta_norm);
  const std::string rows = rows_of(snapshots.blocks[block]);
  if (!snapshots.signs) {
    panel.plots.push_back(fmt::format("{} using \"norm\":\"alignment\" with {}", rows, dots("#900072B2")));
    return panel;
  }
  // Both signs in one pass, so that neither covers the other.
  panel.plots.push_back(fmt::format(
      "{} using \"norm\":\"alignment\":(column(\"second_layer\") < 0 ? 0x90D55E00 : 0x900072B2) with points "
      "pointtype 7 pointsize 0.22 linecolor rgb variable",
      rows));
  panel.key.push_back({KeyEntry::Kind::dot, colour::kBlue, "a_i\u00A0≥ 0"});
  panel.key.push_back({KeyEntry::Kind::dot, colour::kVermillion, "a_i\u00A0< 0"});
  return panel;
}

Panel clouds_panel(const Snapshots& snapshots, std::span<const std::size_t> blocks) {
  static constexpr const char* kColours[] = {"#56B4E9", colour::kOrange, colour::kVermillion};
  Panel panel = plane(snapshots.norm, symmetric_axis(snapshots.alignment, 4), snapshots.theta_norm);
  for (std::size_t i = 0; i < std::min(blocks.size(), std::size(kColours)); ++i) {
    const RowBlock& block = snapshots.blocks[blocks[i]];
    panel.plots.push_back(
        fmt::format("{} using \"norm\":\"alignment\" with {}", rows_of(block), dots(kColours[i])));
    panel.key.push_back({KeyEntry::Kind::dot, kColours[i], "t = " + number_label(block.step)});
  }
  return panel;
}

std::optional<std::size_t> chosen_path(const Paths& paths, std::optional<std::uint64_t> neuron) {
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < paths.neurons.size(); ++i) {
    const FollowedNeuron& candidate = paths.neurons[i];
    if (candidate.norm.empty() || candidate.alignment.empty() || std::isnan(candidate.end.norm)) continue;
    if (neuron ? candidate.neuron == *neuron
               : !chosen || candidate.end.norm > paths.neurons[*chosen].end.norm)
      chosen = i;
  }
  return paths.steps.size() > 1 ? chosen : std::nullopt;
}

Panel path_panel(const Paths& paths, std::size_t chosen, const Sheet& sheet, const Frame& bar) {
  Range norm, alignment;
  for (const FollowedNeuron& neuron : paths.neurons) {
    norm.include(neuron.norm);
    alignment.include(neuron.alignment);
  }
  alignment.include(0.0);
  Panel panel = plane(norm, linear_axis(alignment, 4), paths.theta_norm);
  const FollowedNeuron& neuron = paths.neurons[chosen];
  const std::size_t count = paths.neurons.size(),
                    stride = count * stride_of(paths.steps.size(), kMostRecords);
  for (std::size_t i = 0; i < count; ++i) {
    if (i == chosen) continue;
    panel.plots.push_back(fmt::format(
        "'paths.csv' every {}::{} using \"norm\":\"alignment\" with lines linewidth 0.7 linecolor rgb '{}'",
        stride, i, colour::kFaint));
  }
  panel.plots.push_back(
      fmt::format("'paths.csv' every {}::{} using \"norm\":\"alignment\":\"step\" with lines linewidth 1.6 "
                  "linecolor palette",
                  stride, chosen));

  panel.key.push_back({KeyEntry::Kind::line, "#2A788E", fmt::format("neuron {}", neuron.neuron)});
  if (count > 1) panel.key.push_back({KeyEntry::Kind::line, colour::kFaint, "other neurons"});

  const Axis time = step_axis(paths.steps, 4);
  panel.commands = {
      // Viridis: even steps of lightness, also in print.
      "set palette defined (0 '#440154', 1 '#414487', 2 '#2A788E', 3 '#22A884', 4 '#7AD151', 5 '#FDE725')",
      fmt::format("{} logscale cb", time.logarithmic ? "set" : "unset"),
  };
  panel.commands.push_back(fmt::format("set cbrange [{}:{}]", number(time.low), number(time.high)));
  panel.commands.push_back(fmt::format("set colorbox user origin {}, {} size {}, {} noborder",
                                       sheet.screen_x(bar.left), sheet.screen_y(bar.bottom),
                                       sheet.screen_x(bar.width), sheet.screen_y(bar.height)));
  panel.commands.push_back(fmt::format("set cbtics scale 0.5 {}", tick_list(time)));
  panel.commands.push_back(fmt::format("set label 'step t' at {}, {} left textcolor rgb '{}'",
                                       sheet.screen_x(bar.left), sheet.screen_y(bar.top() + 18),
                                       colour::kText));
  const auto mark = [&](const PathPoint& point, const char* text, int type, const char* place) {
    if (std::isnan(point.norm) || std::isnan(point.alignment)) return;
    panel.commands.push_back(fmt::format(
        "set label '{}' at {}, {} {} front point pointtype {} pointsize 0.7 linecolor rgb '{}' textcolor rgb "
        "'{}'",
        text, number(point.norm), number(point.alignment), place, type, colour::kText, colour::kText));
  };
  // The names stay outside the path, on the sides that it leaves free, and inside the frame.
  const bool falls = neuron.end.alignment <= neuron.start.alignment;
  const char* const above = "center offset 0,0.9";
  const char* const below = "center offset 0,-0.9";
  const bool beside = neuron.end.norm < neuron.start.norm && panel.x.position(neuron.start.norm) < 0.85;
  mark(neuron.start, "start", 6, beside ? "left offset 0.9,0" : falls ? above : below);
  mark(neuron.end, "end", 7, falls ? below : above);
  return panel;
}

}  // namespace escapement::report

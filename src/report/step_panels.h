// Panels over the steps of a run.
#pragma once

#include <optional>
#include <vector>

#include "escapement/report/event_labels.h"
#include "escapement/report/neuron_files.h"
#include "escapement/report/sheet.h"

namespace escapement::report {

// What these panels share.
struct StepView {
  StepView(const FigureRequest& request, const Series& series);

  const Series& series;
  Axis x;
  std::string x_label;
  std::vector<NoiseBand> noise_on;  // within the axis; empty where too narrow to tell apart
  std::vector<Event> events;        // within the axis, in order
};

// Each is absent where its columns have no values.
std::optional<Panel> loss_panel(const StepView& view);
std::optional<Panel> norm_panel(const StepView& view);
std::optional<Panel> alignment_panel(const StepView& view);
std::optional<Panel> cosine_panel(const StepView& view);
std::optional<Panel> escape_panel(const StepView& view);
std::optional<Panel> second_layer_norm_panel(const StepView& view);
std::optional<Panel> second_layer_move_panel(const StepView& view);
std::optional<Panel> followed_second_layer_panel(const StepView& view, const Paths& paths);

// Shades the noise in a panel that will have this frame, and draws a line for every event, up to its flag if there are
// flags (place_flags on the events, the frame's width).
void mark_steps(Panel& panel, const StepView& view, const Sheet& sheet, const Frame& frame,
                const std::vector<Flag>& flags);
// Explains the shading, where there is any.
void add_noise_key(Panel& panel, const StepView& view);
std::vector<Flag> event_flags(const StepView& view, double frame_width);

inline constexpr double kFlagFont = 10, kFlagRow = 14;  // pixels

}  // namespace escapement::report

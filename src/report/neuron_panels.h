// Panels in the (norm, alignment) plane: neurons at one step, and one neuron through the run.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "escapement/report/neuron_files.h"
#include "escapement/report/sheet.h"

namespace escapement::report {

inline constexpr std::size_t kMostSnapshots = 6;

// At most kMostSnapshots places in `snapshots.blocks`, evenly spread, the first and the last among them.
std::vector<std::size_t> chosen_snapshots(const Snapshots& snapshots, std::size_t most = kMostSnapshots);

// One snapshot, coloured by the sign of a_i where that is known. Axes are common to all snapshots.
Panel cloud_panel(const Snapshots& snapshots, std::size_t block);
// Several in one panel, coloured by time.
Panel clouds_panel(const Snapshots& snapshots, std::span<const std::size_t> blocks);

// The neuron asked for, else the longest at the end; absent where it is not followed or never moves in the plane.
std::optional<std::size_t> chosen_path(const Paths& paths, std::optional<std::uint64_t> neuron);
// That path coloured by the step, from a ring to a disc, before the other paths in grey. `bar` is where the scale goes.
Panel path_panel(const Paths& paths, std::size_t chosen, const Sheet& sheet, const Frame& bar);

}  // namespace escapement::report

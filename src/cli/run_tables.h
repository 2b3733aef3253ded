// The texts of a run's output files (docs/formats.md).
#pragma once

#include <string>
#include <vector>

#include "escapement/cli/number_text.h"
#include "escapement/engine/run.h"

namespace escapement::cli {

// Rows of one trajectory, or of several with a leading column `replica` starting at `first_replica`.
std::string trajectory_csv(const std::vector<const observe::Trajectory*>& runs, std::uint32_t first_replica,
                           const NumberText& text);
std::string neurons_csv(const std::vector<observe::NeuronPoint>& points, const NumberText& text);
std::string exits_csv(const std::vector<const observe::Trajectory*>& runs, std::uint32_t first_replica);

// final.json: steps, W, a, theta, mean_norm, train_loss as strings; certified runs add `radius` with the same keys.
std::string final_json(const engine::FinalState& final, const NumberText& text);

// One point of a sweep: the swept keys' values, how it ended, and the final observables.
struct SweepRow {
  std::vector<std::string> values;
  std::string stop;
  std::uint64_t steps = 0;
  std::vector<std::string> columns;  // of `record`
  observe::Record record;
  NumberText text;
};
std::string sweep_csv(const std::vector<std::string>& keys, const std::vector<SweepRow>& rows);

}  // namespace escapement::cli

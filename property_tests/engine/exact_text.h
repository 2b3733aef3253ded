// A run's result as lines of exact text: two results are the same bit for bit where all lines are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escapement/engine/run.h"

namespace escapement::test {

struct Lines {
  std::vector<std::string> final;    // steps, outcome, theta, W and a, exits
  std::vector<std::string> records;  // all that was recorded: records, snapshots, paths
};

Lines exact_text(const engine::FinalState& final, const observe::Trajectory& trajectory);

// The first line in which they differ; empty where none does.
std::optional<std::string> first_difference(const std::vector<std::string>& x,
                                            const std::vector<std::string>& y);

// Only the lines of records that both have in common by step, without the columns in `without`.
std::optional<std::string> first_difference_at_common_steps(const observe::Trajectory& x,
                                                            const observe::Trajectory& y,
                                                            const std::vector<observe::Column>& without);

}  // namespace escapement::test

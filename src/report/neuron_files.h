// What the layout of a figure needs to know of neurons.csv and paths.csv, whose rows come step by step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "escapement/report/series.h"

namespace escapement::report {

// The rows of one step.
struct RowBlock {
  double step = 0;
  std::size_t first = 0, count = 0;  // rows, the first after the header being 0
};

struct Snapshots {
  std::vector<RowBlock> blocks;
  Range norm, alignment;  // over all
  bool signs = false;     // column second_layer has values
  // |theta*|, as alignment = |theta*| cosine norm gives it; absent where no alignment differs from zero.
  std::optional<double> theta_norm;
};

struct PathPoint {
  double norm = 0, alignment = 0;
};

struct FollowedNeuron {
  std::uint64_t neuron = 0;
  PathPoint start, end;
  Range norm, alignment;
};

// Every step has the same neurons in the same order: neuron i's rows are i, i + neurons.size(), ...
struct Paths {
  std::vector<FollowedNeuron> neurons;
  std::vector<double> steps;
  Range second_layer;
  std::optional<double> theta_norm;  // as in Snapshots
};

// Empty where the file or a column is absent, or (paths) where the rows are not laid out as above.
Snapshots read_snapshots(const std::filesystem::path& directory);
Paths read_paths(const std::filesystem::path& directory);

}  // namespace escapement::report

// What a run leaves: values, in arbitrary precision with an enclosure, and nothing of the arithmetic's type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "escapement/numeric/ball.h"

namespace escapement::observe {

using numeric::Ball;

// One recorded step; a value is absent where it is not defined (no neurons seen, no ground truth, ...).
struct Record {
  std::uint64_t step = 0;
  std::vector<std::optional<Ball>> values;  // by column
};

// One neuron at one step: |w|, <w, theta*>, its cosine (absent where theta* = 0), a.
struct NeuronPoint {
  std::uint64_t step = 0, neuron = 0;
  Ball norm, alignment;
  std::optional<Ball> cosine;
  Ball second_layer;
};

// First step at which a followed neuron was outside the lazy ball [Definition 4.1]; `certain` is false where an
// enclosure did not decide an earlier step.
struct Exit {
  std::uint64_t neuron = 0;
  std::optional<std::uint64_t> step;
  bool certain = true;
};

enum class Outcome { completed, diverged, not_finite, undecided, out_of_range, interrupted };
std::string to_string(Outcome outcome);

struct Trajectory {
  std::vector<std::string> columns;
  std::vector<Record> records;
  std::vector<NeuronPoint> snapshots;  // all neurons at the snapshot steps
  std::vector<NeuronPoint> paths;      // followed neurons at every recorded step
  std::vector<Exit> exits;
  Outcome outcome = Outcome::completed;
  std::uint64_t steps = 0;         // taken
  std::optional<Ball> stop_value;  // what was out of bounds: a residual, or a batch gradient, squared
};

}  // namespace escapement::observe

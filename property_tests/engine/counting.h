// One step of label-noise SGD from an instance's start, in rationals: what is counted about DeltaW_i, without rounding.
#pragma once

#include "by_hand.h"

namespace escapement::test {

struct StepCount {
  Exact residual;                // g = <theta - theta*, x> - sign sigma
  int positive = 0, below = 0;   // neurons with DeltaW_i > 0, and with DeltaW_i <= -(sigma / 4)^2
  std::vector<Exact> delta;      // DeltaW_i [m]
  std::vector<Exact> imbalance;  // |w_i|^2 - a_i^2 before the step [m]
  Exact sum;                     // of DeltaW_i
};

StepCount count_step(const InstanceSpec& spec, std::size_t sample, int sign);

// Neurons with |<x, w_i>| >= |a_i| |x|, x the sample's input.
int wide_neurons(const InstanceSpec& spec, std::size_t sample);

}  // namespace escapement::test

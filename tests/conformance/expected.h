// Instances of tests/data with their expected ends (60 digits, by an independent mpmath script; tests/oracles), and how
// an end of ours is held against them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/engine/run.h"
#include "escapement/model/instance_file.h"

namespace escapement::test {

struct Case {
  std::string name;
  std::filesystem::path instance, expected;
};

// Every *.instance.json below tests/data, with the *.expected.json beside it.
std::vector<Case> all_cases();
// The same instances with the ends that a naive autograd loop recorded in double precision.
std::vector<Case> autograd_cases();

// The instance under further settings such as {"precision", "256"} and {"state", "direct"}.
model::Instance load_instance(const Case& c, const std::vector<config::Setting>& settings);

// A named number of an end, ours beside the expected decimal string.
struct Pair {
  std::string name, expected;
  numeric::Ball ours;
};
// W, a, theta, mean_norm and train_loss after the last step.
std::vector<Pair> compare(const Case& c, const engine::RunResult& result);

}  // namespace escapement::test

// What statements make of a configuration before they are judged on it.
#pragma once

#include "escapement/config/config.h"

namespace escapement::theory {

// Label-noise SGD as the paper has it: one sample a step, two-point noise, always on, half-square loss. Keeps `replicas`
// if it was set: the most trials of a test, whatever the budget. Records nothing.
config::Config label_noise_sgd_setting(config::Config config);

// Sets `key` as if the user had, whatever it was before; `value` must be one that the key takes.
void set(config::Config& config, std::string_view key, std::string_view value);

}  // namespace escapement::theory

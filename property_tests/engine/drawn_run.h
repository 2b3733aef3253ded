// A configuration that a law draws: sizes, rule, schedules and seed; the instance is generated from it.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "escapement/config/load.h"
#include "escapement/engine/run.h"

namespace escapement::test {

using Settings = std::vector<std::pair<std::string, std::string>>;  // key, value

struct DrawnRun {
  Settings settings;  // each key once
};

enum class Rules { right_multiplications, all };  // all: with the two driven oscillations

// Any start, fresh inputs and the population among the samples, up to 700 steps, widths up to 3,000; m (d + 1) steps stays
// below `work`. The step size is small enough for the linearised step to contract.
rc::Gen<DrawnRun> drawn_runs(Rules rules, std::uint64_t work);

// Throws where the settings contradict each other. `more` wins.
config::Config load(const DrawnRun& run, const Settings& more);
model::Instance make_instance(const DrawnRun& run, const Settings& more);

// The command line that runs it.
void showValue(const DrawnRun& run, std::ostream& out);

}  // namespace escapement::test

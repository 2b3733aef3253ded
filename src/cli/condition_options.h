// The options that say what Condition 1 leaves undefined: --K, --c, --omega, --footnote, --c-data.
#pragma once

#include <optional>
#include <string>

#include "escapement/numeric/exact.h"
#include "escapement/theory/condition.h"

namespace CLI {
class App;
}

namespace escapement::cli {

struct ConditionOptions {
  std::optional<std::string> c_data, K, c, omega, footnote;
};

void declare_condition_options(CLI::App& command, ConditionOptions& options);

// Throws config::InputError.
theory::ConditionInputs condition_inputs(const ConditionOptions& options);

// A number from 10^-1000 to 10^1000, so that what is exponentiated stays within reach of the precision.
bool within_reach(const numeric::Exact& x);

}  // namespace escapement::cli

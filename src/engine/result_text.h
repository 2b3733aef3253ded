// A RunResult as exact text, for handing it from one process to another: every value, and every double, to the bit.
#pragma once

#include <optional>
#include <string>

#include "escapement/engine/run.h"

namespace escapement::engine {

// Of replicas other than an ensemble's first, nobody reads snapshots, paths, theta and the neurons at the end: `brief` leaves
// them out.
std::string result_text(const RunResult& result, bool brief);
// Nothing where the text is no such text.
std::optional<RunResult> result_of(const std::string& text);

}  // namespace escapement::engine

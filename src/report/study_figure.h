// A study's figure as a gnuplot script over its CSV file: panels side by side, one key above them.
#pragma once

#include <optional>

#include "escapement/report/figure_scripts.h"
#include "escapement/study/findings.h"

namespace escapement::report {

// Draws NAME.svg and NAME.png from NAME.csv beside it. None where no curve has a point to show.
std::optional<Script> study_script(const study::Result& sheet);

}  // namespace escapement::report

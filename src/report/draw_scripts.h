// Drawing gnuplot scripts beside the files that they read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/report/figure_scripts.h"

namespace escapement::report {

// Writes NAME.gp, and draws NAME.svg and NAME.png, for each script; each file is complete when it gets its name. Never
// throws for what is wrong with gnuplot or the directory (out of memory excepted).
FigureResult draw_scripts(const std::vector<Script>& scripts, const std::filesystem::path& directory,
                          const std::string& gnuplot = "gnuplot");

}  // namespace escapement::report

// Drawing gnuplot scripts beside the files that they read.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "escapement/report/figure_scripts.h"

namespace escapement::report {

// Writes NAME.gp, and draws NAME.svg and NAME.png, for each script; each file is complete when it gets its name. `stop`, which
// may be empty, ends the drawing: scripts and figures so far stay. What is wrong with gnuplot is in the result. Throws
// config::InputError where `directory` cannot be written to.
FigureResult draw_scripts(const std::vector<Script>& scripts, const std::filesystem::path& directory,
                          const std::string& gnuplot = "gnuplot", const std::function<bool()>& stop = {});

}  // namespace escapement::report

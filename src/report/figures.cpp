#include "escapement/report/figures.h"

#include <fmt/format.h>

#include "escapement/report/draw_scripts.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

FigureResult write_figures(const FigureRequest& request) {
  const std::vector<Script> scripts = figure_scripts(request);
  if (scripts.empty())
    return {{}, one_line(fmt::format("no figures: nothing was recorded in {}", request.directory.string()))};
  return draw_scripts(scripts, request.directory, request.gnuplot, request.stop);
}

}  // namespace escapement::report

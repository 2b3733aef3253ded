// The figures as gnuplot scripts: which there are, from which panels, and where on the sheet those go.
#pragma once

#include <string>
#include <vector>

#include "escapement/report/figures.h"

namespace escapement::report {

struct Script {
  std::string name;  // of the figure
  std::string
      text;  // draws NAME.svg and NAME.png when run in the directory; a gnuplot variable `out` is their prefix
};

// Reads the CSV files of the request's directory. Figures without a panel are left out.
std::vector<Script> figure_scripts(const FigureRequest& request);

}  // namespace escapement::report

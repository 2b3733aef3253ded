// A ladder drawn: the constant that the claim needs at each rung, on log-log axes, with the fitted exponent.
#pragma once

#include <string>

#include "escapement/theory/verdict.h"

namespace escapement::report {

// SVG. Rungs whose constant is zero, negative or not defined have no place on a logarithmic axis: they are counted below the
// frame. The line has the fitted exponent as its slope and passes through the middle of the rungs, which is where the
// least-squares line passes; the shade spans the exponent's interval around that point. Empty where no rung can be drawn.
std::string ladder_svg(const theory::Ladder& ladder, const std::string& title);

// "0.02 [−0.01, 0.05] at 95%"
std::string exponent_text(const theory::Ladder& ladder);

}  // namespace escapement::report

// A validity map drawn: where in the plane of two keys (or along one) a claim holds, is violated, is vacuous, is undecided.
#pragma once

#include <string>

#include "escapement/theory/verdict.h"

namespace escapement::report {

// SVG. Cells have a colour and a pattern for the outcome, the size of their level, and are pale where the statement's
// conditions do not hold (or are not known to); a dashed line runs along the border of the conditions. The marked values
// are a labelled cross, on the frame with an arrow where they lie beyond it. Places are computed from the exact values,
// so keys of any size can be drawn. Up to some thousand points each cell says its values when pointed at.
// `id` names what is defined inside: different for each map on a page. Empty for a map without points.
std::string map_svg(const theory::ValidityMap& map, const std::string& id = "map");

}  // namespace escapement::report

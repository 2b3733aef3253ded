// Where in the plane of one or two keys a claim holds: a coarse grid, refined where neighbours disagree.
#pragma once

#include "escapement/config/sweep.h"
#include "escapement/judge/judge.h"

namespace escapement::judge {

// One axis: the sweep's values, and how to halve the space between two of them.
struct Axis {
  config::Sweep sweep;
  bool logarithmic = false;
};

// KEY=a:b:log[:COUNT], KEY=a:b:lin[:COUNT] or KEY=v1,v2,... (which is not refined between values that are no numbers).
Axis parse_axis(const std::string& text);

inline constexpr unsigned kLevels = 2;  // halvings of the coarse grid's spacing along a border

// The row over one or two axes. Points are judged in brief, each with a share of the budget. After an interruption the
// points that were finished. Every point is judged at the same seed. Values that contradict another key (a width too
// large to run, say) are `undecided`.
struct Mapped {
  theory::ValidityMap map;
  bool interrupted = false;
};
Mapped validity_map(const Row& row, const config::Config& base, const Means& means,
                    const std::vector<Axis>& axes);

}  // namespace escapement::judge

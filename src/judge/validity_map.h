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

// A place of the finest lattice over the axes, and the level of refinement that asked for it.
struct Place {
  std::size_t x = 0, y = 0;
  unsigned level = 0;
};

// The point there; nothing where the lattice has no value. Every point has the same share of the map's budget. Throws Interrupted.
std::optional<theory::MapPoint> judge_place(const Row& row, const config::Config& base, const Means& means,
                                            const std::vector<Axis>& axes, const Place& place);

// Judges places wherever there are hands, each by judge_place, to results in the same order. After an
// interruption places that were not judged have no point.
struct JudgedPlaces {
  std::vector<std::optional<theory::MapPoint>> points;
  bool interrupted = false;
};
using PlacesJudge = std::function<JudgedPlaces(const std::vector<Place>&)>;

// The row over one or two axes. Points are judged in brief, each with a share of the budget. After an interruption the
// points that were finished. Every point is judged at the same seed. Values that contradict another key (a width too
// large to run, say) are `undecided`. `elsewhere` may be empty: then here, one after the other.
struct Mapped {
  theory::ValidityMap map;
  bool interrupted = false;
};
Mapped validity_map(const Row& row, const config::Config& base, const Means& means,
                    const std::vector<Axis>& axes, const PlacesJudge& elsewhere = {});

}  // namespace escapement::judge

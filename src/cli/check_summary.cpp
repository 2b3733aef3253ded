#include "escapement/cli/check_summary.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/report/outcome_style.h"

namespace escapement::cli {

using theory::Outcome;

int exit_code(const std::vector<Outcome>& outcomes, bool strict) {
  const auto any = [&](Outcome o) {
    return std::find(outcomes.begin(), outcomes.end(), o) != outcomes.end();
  };
  if (any(Outcome::violated)) return 1;
  return any(Outcome::undecided) || any(Outcome::vacuous) || (strict && any(Outcome::supported)) ? 3 : 0;
}

std::string map_summary(const theory::ValidityMap& map) {
  std::string text = fmt::format("{} {}{}{}: {} points", map.statement, map.clause,
                                 map.clause.empty() ? "" : " ", map.reading, map.points.size());
  for (const Outcome outcome : report::kOutcomes)
    text += fmt::format(", {} {}",
                        std::count_if(map.points.begin(), map.points.end(),
                                      [&](const theory::MapPoint& p) { return p.outcome == outcome; }),
                        to_string(outcome));
  return text + "\n";
}

}  // namespace escapement::cli

#include <algorithm>

#include "escapement/stats/intervals.h"

#include "calibration/family.h"

namespace escapement::calibration {

using theory::Outcome;

namespace {

bool is_right(Truth truth, Outcome outcome) {
  switch (truth) {
    case Truth::holds: return outcome == Outcome::holds;
    case Truth::violated: return outcome == Outcome::violated;
    case Truth::border: return outcome == Outcome::undecided;
    case Truth::vacuous: return outcome == Outcome::vacuous;
    case Truth::claims: return outcome != Outcome::vacuous;
    case Truth::bounded: return outcome == Outcome::supported;
    case Truth::growing: return outcome == Outcome::undecided;
  }
  return false;
}

// `undecided` is wrong only where a row is vacuous without any test.
bool is_wrong(Truth truth, Outcome outcome) {
  return !is_right(truth, outcome) && (truth == Truth::vacuous || outcome != Outcome::undecided);
}

}  // namespace

std::size_t Catalogue::index_of(const Family& family) {
  const auto found = std::find_if(families.begin(), families.end(), [&](const Family& f) {
    return f.name == family.name && f.where == family.where && f.truth == family.truth;
  });
  if (found != families.end()) return static_cast<std::size_t>(found - families.begin());
  families.push_back(family);
  return families.size() - 1;
}

Count count(Truth truth, const std::vector<Outcome>& outcomes) {
  Count result;
  result.asked = static_cast<std::uint32_t>(outcomes.size());
  std::uint32_t holds = 0, violated = 0;
  for (const Outcome outcome : outcomes) {
    holds += outcome == Outcome::holds ? 1 : 0;
    violated += outcome == Outcome::violated ? 1 : 0;
    result.decided += outcome != Outcome::undecided ? 1 : 0;
    result.right += is_right(truth, outcome) ? 1 : 0;
    result.wrong += is_wrong(truth, outcome) ? 1 : 0;
  }
  // An outcome that neither decision's alpha covers stays counted.
  if (truth == Truth::border) result.wrong -= std::min(holds, violated);
  return result;
}

double upper_bound(const Count& count) {
  return stats::clopper_pearson(count.asked, count.wrong, 2 * (1 - kConfidence)).high;
}

bool exceeds(const Count& count) {
  constexpr double kOnce = 1e-4;
  return stats::clopper_pearson(count.asked, count.wrong, 2 * kOnce).low > kAlpha;
}

}  // namespace escapement::calibration

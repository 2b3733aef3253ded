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

// `undecided` is never wrong but where it contradicts what is known without any test.
bool is_wrong(Truth truth, Outcome outcome) {
  if (truth == Truth::vacuous) return outcome != Outcome::vacuous;
  return outcome != Outcome::undecided && !is_right(truth, outcome);
}

}  // namespace

Count count(const Family& family, const std::vector<Outcome>& outcomes) {
  Count result;
  result.asked = static_cast<std::uint32_t>(outcomes.size());
  std::uint32_t holds = 0, violated = 0, wrong = 0;
  for (const Outcome outcome : outcomes) {
    holds += outcome == Outcome::holds ? 1 : 0;
    violated += outcome == Outcome::violated ? 1 : 0;
    result.decided += outcome != Outcome::undecided ? 1 : 0;
    result.right += is_right(family.truth, outcome) ? 1 : 0;
    wrong += is_wrong(family.truth, outcome) ? 1 : 0;
  }
  // Outcomes that neither decision's alpha speaks of count against both.
  result.wrong = family.truth == Truth::border ? wrong - std::min(holds, violated) : wrong;
  result.upper = stats::clopper_pearson(result.asked, result.wrong, 2 * (1 - kConfidence)).high;
  const bool few = family.cases > 0 ? result.wrong == 0 : result.upper <= kAlpha;
  result.ok = few && result.power() >= family.minimum_power;
  return result;
}

}  // namespace escapement::calibration

// Families of questions whose true answer is known by other means than the judge's: what they are, and how decisions on
// them are counted.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::calibration {

inline constexpr double kAlpha = 0.05;       // what every sampled row spends, for either decision
inline constexpr double kConfidence = 0.99;  // of the upper bound on the share of wrong decisions

// The true answer.
enum class Truth {
  holds,
  violated,
  border,   // p = q: `holds` and `violated` are each wrong, and each may come with probability alpha
  vacuous,  // nothing is claimed
  claims,   // something is claimed: `vacuous` is wrong, and what else comes out is not counted
  bounded,  // of a ladder: `supported` is right, and no ladder may yield `holds` or `violated`
  growing   // of a ladder: the constant grows, so that `undecided` is right and everything else wrong
};

struct Family {
  std::string name;
  Truth truth = Truth::holds;
  std::string fact;          // what is known: "p = 0.2549"
  double ratio = 0;          // q/p; 0 where there is none
  double minimum_power = 0;  // least share of right decisions, stated beforehand
  std::uint32_t cases =
      0;  // a list of this many cases, none of which may be wrong; 0: as many seeds as are asked for
  bool brief = false;                                           // part of the short run
  std::function<theory::Outcome(std::uint32_t number)> decide;  // case or seed; any thread
};

// What came out of a family.
struct Count {
  std::uint32_t asked = 0, decided = 0, right = 0;
  std::uint32_t wrong = 0;  // on the border, the more frequent of the two wrong decisions
  double upper = 1;         // bound at kConfidence on the probability of a wrong decision
  bool ok = false;
  double power() const { return static_cast<double>(right) / asked; }
};

Count count(const Family& family, const std::vector<theory::Outcome>& outcomes);

// The families: rows that sample, rows that a law decides, and the statistics below the rows.
std::vector<Family> sampled_families();
std::vector<Family> law_families();
std::vector<Family> statistics_families();

}  // namespace escapement::calibration

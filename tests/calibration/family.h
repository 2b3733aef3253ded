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
  claims,   // something is claimed: `vacuous` is wrong, and other outcomes are not distinguished
  bounded,  // of a ladder: `supported` is right, and no ladder may yield `holds` or `violated`
  growing   // of a ladder: the constant grows, so that `undecided` is right and everything else wrong
};

// Questions of one kind at one distance from the border.
struct Family {
  std::string name;
  Truth truth = Truth::holds;
  std::string where;         // q/p, or on which side of what border
  double minimum_power = 0;  // least share of right decisions, stated beforehand
  bool strict = false;       // no decision may be wrong; else the bound on their share must not exceed alpha
  bool brief = false;        // part of the short run
};

// One configuration, asked over and over: one outcome for each of its families, from the same replicas.
struct Experiment {
  std::string name;
  std::vector<std::size_t> families;  // indices into Catalogue::families, in the order of the outcomes
  std::uint32_t cases = 0;            // a list of this many cases; 0: seeds
  double share = 1;                   // of the seeds that are asked for
  bool brief = true;                  // takes part in the short run if one of its families does
  std::function<std::vector<theory::Outcome>(std::uint64_t number)> ask = {};  // case or seed; any thread
};

struct Catalogue {
  std::vector<Family> families;
  std::vector<Experiment> experiments;

  // The index of the family with this name and place, which is added if there is none.
  std::size_t index_of(const Family& family);
};

// Rows that sample, rows that a law decides, and the statistics below the rows.
void add_sampled_rows(Catalogue& catalogue);
void add_laws(Catalogue& catalogue);
void add_statistics(Catalogue& catalogue);

struct Count {
  std::uint32_t asked = 0, decided = 0, right = 0;
  std::uint32_t wrong = 0;  // on the border, the more frequent of the two wrong decisions
  double power() const { return static_cast<double>(right) / asked; }
};

Count count(Truth truth, const std::vector<theory::Outcome>& outcomes);
// Bound at kConfidence on the probability of a wrong decision.
double upper_bound(const Count& count);
// The share of wrong decisions exceeds alpha beyond what chance explains once in ten thousand times.
bool exceeds(const Count& count);

}  // namespace escapement::calibration

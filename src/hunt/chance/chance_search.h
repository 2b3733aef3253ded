// One round of the search over configurations: tasks that are pure functions of seed, round and number, over niches of the
// best so far. A candidate is looked at in a few runs, and in a whole test where these look bad for the claim.
#pragma once

#include <tuple>

#include "escapement/hunt/chance/chance_test.h"
#include "escapement/hunt/dice.h"
#include "escapement/hunt/domain.h"

namespace escapement::hunt {

struct ChanceElite {
  ChanceCase values;
  double margin = kNoScore;  // as seen: see margin_of
  bool honest = true;        // not degenerate
  bool suspect = false;      // a whole test on its search streams says `violated`
};

class ChanceNiches {
 public:
  // Kind: d, the number of binary digits of m and of the steps, degenerate or not.
  using Kind = std::tuple<std::size_t, unsigned, unsigned, bool>;
  static Kind kind_of(const theory::Chance& chance);
  bool offer(const Kind& kind,
             ChanceElite elite);  // keeps the larger margin; on a tie the one that was there
  const std::map<Kind, ChanceElite>& all() const { return elites_; }
  const ChanceElite* best() const;  // honest before degenerate; null where there is none

 private:
  std::map<Kind, ChanceElite> elites_;
};

// Whether the claim says something there that a test can reach, within the domain's ranges.
std::optional<theory::Chance> admit(const ChanceTarget& target, const Domain& domain, const ChanceCase& c);
// The ones of A1..A6 that the domain keeps hold there, for the data of those streams.
bool keeps_assumptions(const ChanceTarget& target, const Domain& domain, const theory::Chance& chance,
                       const Streams& streams);

// A configuration of short and log-uniform numbers, and one with some of them changed.
ChanceCase random_case(const ChanceTarget& target, const Domain& domain, Dice& dice);
ChanceCase mutate(const ChanceTarget& target, const Domain& domain, ChanceCase c, Dice& dice);

struct ChanceRound {
  std::vector<std::pair<ChanceNiches::Kind, ChanceElite>> elites;  // in order of task and candidate
  std::uint64_t configurations = 0, trials = 0;                    // that were run
};
// Throws judge::Interrupted.
ChanceRound search_chance(const ChanceTarget& target, const Domain& domain, const ChanceNiches& niches,
                          std::uint64_t seed, std::uint64_t round, const Laboratories& laboratories);

}  // namespace escapement::hunt

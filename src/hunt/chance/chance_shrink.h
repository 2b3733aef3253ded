// From a configuration at which a bound fails to the simplest one that it still fails at.
#pragma once

#include "escapement/hunt/chance/chance_search.h"

namespace escapement::hunt {

struct ChanceShrinking {
  std::uint64_t seed = 1;  // the hunt's: each candidate is judged on search streams of its own
  bool honest = true;      // stay so
  Laboratories laboratories;
  std::function<bool()> stop;                      // may be empty
  std::function<void(const ChanceCase&)> smaller;  // told each step that is taken; may be empty
};
struct ChanceShrunk {
  ChanceCase values;
  std::uint64_t taken = 0, configurations = 0, trials = 0;
};

// Counts fall along numbers of two digits, other numbers become cheaper ones; eta also against sigma, at the same eta sigma.
// A step is taken where the configuration becomes simpler, the kept assumptions hold, and a test of half the affordable
// trials says `violated` at a level far below the one that confirms, so that a fresh test is likely to. Throws
// judge::Interrupted.
ChanceShrunk shrink(const ChanceTarget& target, const Domain& domain, const ChanceCase& from,
                    const ChanceShrinking& how);

}  // namespace escapement::hunt

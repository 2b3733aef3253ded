// The best case of each kind, so that one good find does not crowd out the others (as in MAP-Elites [Mouret2015]).
#pragma once

#include <map>
#include <tuple>

#include "escapement/hunt/domain.h"

namespace escapement::hunt {

struct Elite {
  Case values;
  double margin = kNoScore;
  bool honest = true;  // not degenerate
};

class Niches {
 public:
  // Kind: rows, dimension, inputs, degenerate or not.
  using Kind = std::tuple<std::size_t, std::size_t, std::size_t, bool>;

  // Keeps the better; on a tie the simpler.
  bool offer(Elite elite);
  // An elite whose margin was rounding: what it is in truth.
  void correct(const Case& values, double margin);
  const std::map<Kind, Elite>& all() const { return elites_; }
  const Elite* best(bool honest) const;  // null where there is none
  std::vector<Elite> in_order() const;   // all, the largest margin first

 private:
  std::map<Kind, Elite> elites_;
};

}  // namespace escapement::hunt

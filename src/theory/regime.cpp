#include <algorithm>

#include "escapement/numeric/check.h"
#include "escapement/theory/condition.h"

namespace escapement::theory {

Regime regime_of(std::vector<Assumption> assumptions, std::vector<std::string> needed) {
  Truth inside = Truth::yes;
  for (const std::string& name : needed) {
    const auto found = std::find_if(assumptions.begin(), assumptions.end(),
                                    [&](const Assumption& a) { return a.name == name; });
    ESCAPEMENT_CHECK(found != assumptions.end());
    if (found->holds == Truth::no) inside = Truth::no;
    if (found->holds == Truth::unknown && inside == Truth::yes) inside = Truth::unknown;
  }
  return {std::move(assumptions), std::move(needed), inside};
}

}  // namespace escapement::theory

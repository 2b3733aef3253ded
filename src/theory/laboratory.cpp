#include "escapement/theory/laboratory.h"

#include <fmt/format.h>

namespace escapement::theory {

std::string budget_note(Outcome outcome, double seconds) {
  if (outcome != Outcome::undecided) return "";
  return fmt::format(
      " The budget ended before the test decided: more of it (a run costs about {:.2g} nominal seconds) or a "
      "larger --alpha would.",
      seconds);
}

}  // namespace escapement::theory

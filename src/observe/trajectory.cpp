#include "escapement/observe/trajectory.h"

namespace escapement::observe {

std::string to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed: return "completed";
    case Outcome::diverged: return "diverged";
    case Outcome::not_finite: return "not_finite";
    case Outcome::undecided: return "undecided";
    case Outcome::out_of_range: return "out_of_range";
    case Outcome::interrupted: break;
  }
  return "interrupted";
}

}  // namespace escapement::observe

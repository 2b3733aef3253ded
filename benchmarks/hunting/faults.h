// Claims that are theorems, and the same with one fault planted in each: what a hunter is measured on. A claim of its own
// each, known to this benchmark only.
#pragma once

#include <vector>

#include "escapement/hunt/target.h"

namespace escapement::hunting {

struct Fault {
  std::string statement;  // of the paper's: which one the theorem stands behind
  std::string kind;       // "constant x 2", "dropped hypothesis", ...
  hunt::Target target;
};

std::vector<hunt::Target> theorems();
std::vector<Fault> planted_faults();

}  // namespace escapement::hunting

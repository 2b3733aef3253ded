// Claims that hold, and the same with one fault planted in each: what a hunter is measured on. A claim of its own each, known to
// this benchmark only.
#pragma once

#include <string>
#include <vector>

#include "escapement/hunt/domain.h"

namespace escapement::hunting {

struct Claim {
  std::string statement;  // of the paper's: which one it is, or stands behind
  std::string kind;       // of fault: "constant x 2", "hypothesis dropped", ...; empty where there is none
  hunt::Target target;
  hunt::Domain domain = {};  // where it is hunted
};

// Where `key` lies between low and high.
hunt::Domain within(const std::string& key, int low, int high);

std::vector<Claim> theorems();
std::vector<Claim> planted_faults();

// The paper's own statements, where they hold, and with a wrong constant or exponent.
std::vector<Claim> paper_holds();
std::vector<Claim> paper_faults();

}  // namespace escapement::hunting

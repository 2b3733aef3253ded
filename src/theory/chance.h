// A claim P(fail) <= q about whole runs at one configuration, as independent yes-no trials: what a search can ask by the
// few and a sequential test decides. Rows of the registry that can be put so have one (Claim::chance).
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "escapement/config/config.h"
#include "escapement/theory/laboratory.h"

namespace escapement::theory {

struct Chance {
  Ball bound;                  // q; 1 or more claims nothing
  config::Config config;       // of every trial; `steps` is how long a trial's run is
  double nominal_seconds = 0;  // of one trial on one core, for budgets
  // Why the statement plainly did not mean such a configuration (sigma = 0, ...); empty where it is an honest one.
  std::string degenerate;
  bool constant = true;  // the bound or the failure depends on the question's constant
  // Did replica config.replica + r fail? `unknown` where a run does not reach its end, or an enclosure does not decide: it
  // never counts towards a violation. Pure in r and the configuration; any thread.
  std::function<Truth(Laboratory&, const config::Config&, std::uint32_t r)> trial;
};

}  // namespace escapement::theory

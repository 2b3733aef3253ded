// What a verdict must carry for what it says (docs/concepts/verdict.md).
#pragma once

#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::theory {

// Returns the ways in which the verdict says more than it carries, one short sentence each; empty for a sound verdict.
std::vector<std::string> faults_of(const Verdict& verdict);

// Returns the theorems that decide the row and agree with its outcome: a proof of what holds, a disproof of what is
// violated. The evidence `proved` rests on them.
std::vector<const Theorem*> deciding_theorems(const Verdict& verdict);

// Returns the stored cases among Verdict::proofs, *.case.json and *.runs.json. The evidence `counterexample` rests on them.
std::vector<std::string> stored_cases(const Verdict& verdict);

}  // namespace escapement::theory

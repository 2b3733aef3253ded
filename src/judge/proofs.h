// What Coq has proved of the statements: the manifest of proofs_check/, which its build checks and ours embeds.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::judge {

struct Proof {
  std::string statement, clause, reading;  // as the judge names them
  std::string theorem, file;
  bool disproves = false;      // tier: disproved, else proved
  bool whole = false;          // scope: the statement in this reading; else one of its steps
  bool degenerate = false;     // a point that the statement plainly did not mean
  std::string says, assuming;  // in words; what it needs beyond the statement, empty where nothing
};

const std::vector<Proof>& proofs();

// A verdict that a theorem contradicts: one of the two is a bug of ours.
class Contradiction : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// Names the theorems on the verdict's row, and says in its basis what those about the whole statement say. The evidence
// becomes `proved` where the row holds and the whole is proved without more assumptions, or is violated and the whole is
// disproved. Throws Contradiction where the row is violated and the whole proved.
void attach_proofs(theory::Verdict& verdict, const std::vector<Proof>& known = proofs());

}  // namespace escapement::judge

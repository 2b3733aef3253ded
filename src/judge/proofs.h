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
  // What it speaks of, for decisions. Without `where` it decides no row.
  std::string where = {};                    // its scope in words
  std::vector<std::string> hypotheses = {};  // comparisons over a row's parameters (theorem_scope.h)
  bool decides_row =
      false;  // of every instance at such parameters; else of the claim quantified over its constant
};

// A counterexample with exact numbers that the checker proved sound in Coq has accepted. It violates the claim at its own
// parameters, for every start in its box.
struct Certificate {
  std::string statement, clause, reading;  // as the judge names them
  std::string file;
  std::string tier;    // "kernel-checked certificate" or "checked certificate"
  bool event = false;  // one path of the noise, of a statement about probabilities over paths
  bool box = false;    // a box of starts, not a point
};

struct Backing {
  std::vector<Proof> proofs;
  std::vector<Certificate> certificates;
};

const Backing& backing();

// A verdict that a theorem contradicts: one of the two is a bug of ours.
class Contradiction : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// Names the theorems and certificates on the verdict's row, and puts each theorem about the whole statement beside it in its
// own words. A theorem decides the row if it assumes nothing more, the row's parameters meet its hypotheses, and it speaks of
// every instance at such parameters or, where the row's claim is quantified over its constant, of that claim. Then the evidence
// becomes `proved`, and an outcome that was open becomes the theorem's. Throws Contradiction if a theorem that decides the row
// says the opposite of its outcome, or proves what a certificate violates.
void attach_proofs(theory::Verdict& verdict, bool quantified, const Backing& known = backing());

}  // namespace escapement::judge

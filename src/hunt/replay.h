// A stored case, asked again. Never a silent pass: a claim that has changed or is not known is said to be so.
#pragma once

#include "escapement/hunt/case_file.h"
#include "escapement/model/instance_file.h"

namespace escapement::hunt {

enum class Replay {
  reproduced,      // the claim is violated
  not_reproduced,  // it is not, or the case does not meet the statement's own hypotheses
  undecided,       // this arithmetic does not decide
  stale,           // the claim's text is another one today
  unknown_claim    // there is no such claim
};
std::string to_string(Replay outcome);

struct Arithmetic {
  enum class Kind { double_precision, mpfr, certified } kind = Kind::certified;
  long bits = 0;  // of mpfr, and the most of certified (0: kMostBits)
};
// "double", BITS, "certified" or "certified:BITS". Throws config::InputError.
Arithmetic parse_arithmetic(const std::string& text);

struct Replayed {
  Replay outcome = Replay::undecided;
  std::string detail;  // one line: which hypothesis fails, or how the texts differ; may be empty
  Reading reading;     // in that arithmetic
  long bits = 0;
};
Replayed replay(const std::vector<Target>& targets, const StoredCase& stored, const Arithmetic& arithmetic);

// A plain instance held against a claim. Throws config::InputError where the file has what no case has (a schedule,
// another loss, a batch, an algorithm that no claim is about).
StoredCase case_of_instance(const model::InstanceFile& file, const Target& target, const Exact& constant);

}  // namespace escapement::hunt

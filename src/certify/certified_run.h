// A run whose precision is raised until its enclosures are as narrow as asked for, or until more bits do not help.
#pragma once

#include <string>
#include <vector>

#include "escapement/certify/bound.h"
#include "escapement/engine/run.h"

namespace escapement::certify {

struct CertifyRequest {
  numeric::Exact radius{
      1, 10'000'000'000};  // of theta, and of W and a where the run looks at neurons, after the last step
  numeric::Exact start_radius = 0;  // of every entry of the start: a box of starts, certified as a whole
  long first_bits = 256, most_bits = 200'000;
  engine::RunOptions options;  // `enclosed` and checkpoints are not looked at
};

struct Attempt {
  long bits = 0;
  std::uint64_t steps = 0;
  observe::Outcome outcome = observe::Outcome::completed;
  Bound radius;  // at the end; means nothing unless completed
  double seconds = 0;
};

struct CertifiedRun {
  engine::RunResult run;  // of the last attempt
  std::vector<Attempt> attempts;
  bool reached = false;  // the radius that was asked for
  std::string reason;    // one line: why not; empty where it was
  const Attempt& last() const { return attempts.back(); }
};

// Throws config::InputError as engine::run_instance does, and for a box of starts under a driven oscillation.
CertifiedRun certify(const model::Instance& instance, const CertifyRequest& request);

// The widest entry of theta and, where there are any, of the neurons.
Bound radius_of(const engine::FinalState& final);

}  // namespace escapement::certify

// Theorem 4.2 along runs: the neurons that are still inside the lazy ball at T1, and the law of one of them given P(T1).
#pragma once

#include <string>
#include <vector>

#include "escapement/theory/escape_law.h"
#include "escapement/theory/laboratory.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

// What one replica shows at T1.
struct EscapeReplica {
  observe::Outcome outcome = observe::Outcome::completed;
  std::uint64_t steps = 0;
  std::uint64_t inside = 0, unknown = 0;            // of all neurons
  std::uint64_t long_inside = 0, long_unknown = 0;  // of those with |w_i(0)| >= 1/2
  EscapeLaw law;
  bool has_law = false;
};

// T1 by the constants; not finite where sigma = 0.
Ball escape_time_of(const config::Config& c, const PaperConstants& constants);
// As a number of steps; 0 where it is none that a run can take, or the network is too wide to look at each neuron.
std::uint64_t escape_steps(const config::Config& config, const PaperConstants& constants);

// Replicas 0 .. count - 1 at T1, collected under the name m.
std::vector<EscapeReplica> escape_replicas(const config::Config& config, std::uint32_t count,
                                           const PaperConstants& constants, Laboratory& laboratory);
// Claim::replicas of those who ask for them.
std::vector<std::string> escape_texts(config::Config config, const std::string& m, std::uint32_t first,
                                      std::uint32_t count, const PaperConstants& constants,
                                      Laboratory& laboratory);

}  // namespace escapement::theory

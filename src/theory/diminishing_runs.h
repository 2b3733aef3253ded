// Lemma 4.3 along runs: the worst of its probabilities over the states of a replica that are still lazy.
#pragma once

#include <vector>

#include "escapement/theory/diminishing.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

// rho m^(-1/8), rho = 2 sqrt(d)/sqrt(pi).
Ball sign_bound(std::size_t d, const numeric::BigInt& m, const PaperConstants& constants);

struct DiminishingReplica {
  double most_positive = 0, mean_positive = 0, least_sized = 1, mean_sized = 1, largest = 0, mean_largest = 0;
  bool sign_broken = false, size_broken = false;  // by some neuron in some state
  std::uint64_t states = 0, last_lazy = 0;        // looked at; the last step of them
};

// Replicas 0 .. count - 1 at width m, looked at after 0, 1, 2, 4, ..., 2^17 steps until one is not lazy: collected under the
// name m.
std::vector<DiminishingReplica> diminishing_replicas(const config::Config& config, const numeric::BigInt& m,
                                                     std::uint32_t count, const PaperConstants& constants,
                                                     Laboratory& laboratory);
// Claim::replicas of those who ask for them.
std::vector<std::string> diminishing_texts(config::Config config, const std::string& m, std::uint32_t first,
                                           std::uint32_t count, const PaperConstants& constants,
                                           Laboratory& laboratory);

}  // namespace escapement::theory

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
  std::uint64_t states = 0, last_lazy = 0;        // evaluated; the last step of them
  bool complete =
      false;  // every lazy state up to T1 was evaluated: the run left the ball or reached T1 step by step
};

// Which states of a run are evaluated: steps 0, 1, ..., every - 1, then each step twice the one before, up to T1 or 2^18,
// until a state is not lazy. The name under which replicas are collected: "m:every".
struct DiminishingPlan {
  numeric::BigInt m;
  std::uint64_t every = 1;
  std::string name() const;
};

// Replicas first .. first + count - 1, each as a text: Claim::replicas of the rows that collect under that name.
std::vector<std::string> diminishing_texts(config::Config config, const std::string& name,
                                           std::uint32_t first, std::uint32_t count,
                                           const PaperConstants& constants, Laboratory& laboratory);
DiminishingReplica diminishing_replica_of(const std::string& text);
// Replicas 0 .. count - 1.
std::vector<DiminishingReplica> diminishing_replicas(const config::Config& config,
                                                     const DiminishingPlan& plan, std::uint32_t count,
                                                     const PaperConstants& constants, Laboratory& laboratory);

}  // namespace escapement::theory

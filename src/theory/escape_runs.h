// Theorem 4.2 along runs: the neurons that are still inside the lazy ball at T1, and the law of one of them given P(T1).
#pragma once

#include <string>
#include <vector>

#include "escapement/theory/escape_law.h"
#include "escapement/theory/laboratory.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

inline const numeric::Exact kNormFloor{1, 2};  // of `norm-floor`: |w_i(0)| at least this

// Of all neurons of a run, and of those with |w_i(0)| >= kNormFloor, how many are inside the lazy ball.
struct LazyNeurons {
  std::uint64_t inside = 0, unknown = 0;
  std::uint64_t long_inside = 0, long_unknown = 0;
  Truth first = Truth::unknown;  // neuron 0 is inside

  Truth some() const { return some_of(inside, unknown); }
  Truth some_long() const { return some_of(long_inside, long_unknown); }

 private:
  static Truth some_of(std::uint64_t in, std::uint64_t open) {
    return in > 0 ? Truth::yes : (open > 0 ? Truth::unknown : Truth::no);
  }
};
LazyNeurons lazy_neurons(const Sight<double>& sight, const PaperConstants& constants);
LazyNeurons lazy_neurons(const Sight<numeric::Mp>& sight, const PaperConstants& constants);
LazyNeurons lazy_neurons(const Sight<Ball>& sight, const PaperConstants& constants);

// What one replica shows at T1.
struct EscapeReplica {
  observe::Outcome outcome = observe::Outcome::completed;
  std::uint64_t steps = 0;
  LazyNeurons neurons;
  EscapeLaw law;
  bool has_law = false;
};

// T1 by the constants; not finite where sigma = 0.
Ball escape_time_of(const config::Config& c, const PaperConstants& constants);
// As a number of steps; 0 where it is none that a run can take, or the network is too wide to look at each neuron.
std::uint64_t escape_steps(const config::Config& config, const PaperConstants& constants);

// Replicas first .. first + count - 1 of width m at T1, each as a text: Claim::replicas of the rows that collect under the
// name m.
std::vector<std::string> escape_texts(config::Config config, const std::string& m, std::uint32_t first,
                                      std::uint32_t count, const PaperConstants& constants,
                                      Laboratory& laboratory);
EscapeReplica escape_replica_of(const std::string& text);
// Replicas 0 .. count - 1, collected under the name m.
std::vector<EscapeReplica> escape_replicas(const config::Config& config, std::uint32_t count,
                                           const PaperConstants& constants, Laboratory& laboratory);

}  // namespace escapement::theory

// Theorem 4.2 run by run: T1, which neurons are still lazy there, and its readings as P(fail) <= K/m.
#pragma once

#include <cstdint>
#include <optional>

#include "escapement/theory/inside/wide_escape.h"
#include "escapement/theory/statement.h"

namespace escapement::theory {

inline const numeric::Exact kNormFloor{1, 2};  // of `norm-floor`: |w_i(0)| at least this

// T1 in steps, not rounded; not finite where sigma = 0.
Ball escape_steps(const config::Config& config, const PaperConstants& constants);

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

// A trial is a run of ceil(T1) steps; it fails where a neuron that the reading speaks of is inside. `fraction`: neuron 0
// is, since neurons are exchangeable and its probability is the expected share. None at m = 1 and sigma = 0.
std::optional<Chance> escape_chance(const Question& question, EscapeReading reading);

}  // namespace escapement::theory

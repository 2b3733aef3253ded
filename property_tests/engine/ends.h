// Where a run ends, in one arithmetic and one state, and how two ends are held against each other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escapement/engine/run.h"

#include "drawn_run.h"
#include "instance_spec.h"

namespace escapement::test {

using numeric::Ball;

// A named number of an end: theta[j], W[i][j], a[i], or an observable.
struct Entry {
  std::string name;
  Ball value;
};

struct End {
  observe::Outcome outcome = observe::Outcome::completed;
  std::uint64_t steps = 0;
  std::vector<Entry> network;      // theta, W and a
  std::vector<Entry> observables;  // the final record, columns that are defined
};

engine::RunResult run(const model::Instance& instance);
End end_of(const engine::RunResult& result);
// The end with further settings, such as {{"precision", "certified:53"}, {"state", "direct"}}.
template <class Source>
End end_of(const Source& source, const Settings& settings) {
  return end_of(run(make_instance(source, settings)));
}

// The largest radius among the entries, as an exact ball; not finite where one is not.
Ball largest_radius(const std::vector<Entry>& entries);

// The running error of computing this end in floating point with `bits` bits: its largest radius where it is an
// enclosure by the direct state at that precision, and one rounding of the largest entry. Not finite where either state's
// enclosure is undecided: SAM where the gradient is zero, which one state may know exactly and the other up to rounding.
Ball running_error(const End& enclosure, long bits);
template <class Source>
Ball running_error(const Source& source, long bits) {
  const auto error = [&](const char* state) {
    const std::string precision = "certified:" + std::to_string(bits);
    return running_error(end_of(source, {{"precision", precision}, {"state", state}, {"record", "none"}}),
                         bits);
  };
  const Ball reduced = error("width-free");
  return reduced.is_finite() ? error("direct") : reduced;
}

// The first entry in which they differ: not the same number bit for bit, midpoints further apart than `tolerance`, no
// point in common. Empty where all agree; both must list the same names.
std::optional<std::string> first_difference(const std::vector<Entry>& x, const std::vector<Entry>& y);
std::optional<std::string> first_beyond(const std::vector<Entry>& x, const std::vector<Entry>& y,
                                        const Ball& tolerance);
std::optional<std::string> first_disjoint(const std::vector<Entry>& x, const std::vector<Entry>& y);

// Those of `x` that `y` has too, by name.
std::vector<Entry> shared(const std::vector<Entry>& x, const std::vector<Entry>& y);

}  // namespace escapement::test

// Fails the law with the entry that `found` names.
#define ESCAPEMENT_EXPECT_NONE(found)              \
  do {                                             \
    if (const auto difference = (found)) {         \
      RC_LOG() << #found << "\n  " << *difference; \
      RC_FAIL(*difference);                        \
    }                                              \
  } while (false)

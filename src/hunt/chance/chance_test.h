// The sequential test of a configuration, on streams that say what they are for: what the search looked at has an even
// seed, what confirms has an odd one, so that no confirming trial was ever looked at before.
#pragma once

#include <cstdint>
#include <functional>

#include "escapement/hunt/chance/chance_case.h"

namespace escapement::hunt {

// Independent replicas: number `replica` of the seed, and those that follow.
struct Streams {
  std::uint64_t seed = 1;
  std::uint32_t replica = 0;
  bool operator==(const Streams&) const = default;
};
// Of a candidate while it is searched or shrunk: even, a pure function of the hunt's seed and the case.
Streams search_streams(std::uint64_t hunt_seed, const ChanceCase& c);
// Of the hunt's k-th confirmation, k = 1, 2, ...: odd.
Streams confirming_streams(std::uint64_t hunt_seed, std::uint64_t k);

// alpha 6/(pi^2 k^2): over k = 1, 2, ... these add up to alpha, so that the chance of ever storing a configuration where the
// bound holds is at most alpha, however many the hunt confirms.
double alpha_of(double alpha, std::uint64_t k);
inline constexpr double kHuntAlpha = 1e-4;

// Trials of a test on about a second of one core; 0: too few to decide anything.
std::uint32_t affordable_trials(const theory::Chance& chance);

struct Laboratories {
  unsigned threads = 1;
  std::function<bool()> interrupted;  // a test that is stopped throws judge::Interrupted; may be empty
};
// P(fail) <= q on those streams, at most so many trials, stopping once decided. `precision`: of the runs.
theory::Tested test_chance(const theory::Chance& chance, const Streams& streams, std::uint32_t most,
                           double alpha, const Laboratories& laboratories,
                           const config::PrecisionChoice& precision = {});

// (p - q)/(p + q) at p = failures/trials, from -1, no failure, to below 1; above 0 is a violation as seen.
double margin_of(const theory::Chance& chance, const theory::Sample& sample);

}  // namespace escapement::hunt

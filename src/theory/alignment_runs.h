// Lemma 4.5 along runs: gradient descent on the population from Phase II, and how far its neurons are from the line of
// theta* at T2.
#pragma once

#include <cmath>
#include <optional>

#include "escapement/theory/laboratory.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

inline constexpr double kMostAlignmentSteps = 2e7;  // of one run
inline constexpr std::uint64_t kMostAlignmentWidth = 20'000;

// Of 1 - |cos(w, theta*)| at T2, over starts of m = ceil(1/sqrt(eta)) neurons.
struct Deficits {
  double any = 0;         // the largest
  double typical = 0;     // generic: the 90% quantile
  double degenerate = 0;  // else: of the neuron orthogonal to theta* with a = 0
};

// Steps until T2; may be beyond what a run can take.
double alignment_steps(const numeric::Exact& eta, const numeric::Exact& theta_norm, bool flow_time,
                       const PaperConstants& constants);

// 1 - |cos| of row i; 0 for w = 0. norm: |theta*|.
template <class T>
double misalignment(const numeric::Rows<T>& z, std::size_t i, const numeric::Vector<T>& theta_star,
                    double norm) {
  double along = 0, squared = 0;
  for (std::size_t j = 0; j < z.d(); ++j) {
    const double w = numeric::to_double(z.get(i, j));
    along += w * numeric::to_double(theta_star.get(j));
    squared += w * w;
  }
  return squared > 0 ? std::max(0.0, 1 - std::fabs(along) / (norm * std::sqrt(squared))) : 0;
}

// generic: all neurons are drawn, pooled over as many starts as it takes for some thousand of them; else one start, with a
// neuron that has no part in the growing mode. Nothing where a run does not get to
// T2, or the network is too wide.
std::optional<Deficits> deficits_at(const config::Config& base, const numeric::Exact& eta, bool flow_time,
                                    bool generic, const PaperConstants& constants, Laboratory& laboratory);

// Nominal, of deficits_at.
double alignment_seconds(const config::Config& config, const numeric::Exact& eta, bool flow_time,
                         bool generic, const PaperConstants& constants);

}  // namespace escapement::theory

// The numbers that the paper prints, in one place: its statements are judged with these, and tests plant wrong ones to
// see that the judge finds them. [LabelNoise2026]
#pragma once

#include "escapement/numeric/exact.h"

namespace escapement::theory {

struct PaperConstants {
  using Exact = numeric::Exact;
  bool operator==(const PaperConstants&) const = default;

  Exact norm_identity_weight = 1;       // of eta^2 sum DeltaW
  Exact oscillation_weight = 1;         // of (a(j+1) - a(j))^2, over eta^2 in `with-step-size`
  Exact lazy_radius = 1;                // Definition 4.1: over sqrt(m)
  Exact escape_factor = 384;            // Theorem 4.2: T1
  Exact sign_factor = 2;                // Lemma 4.3: rho = 2 sqrt(d)/sqrt(pi)
  Exact size_divisor = 4;               // Lemma 4.3, 1b: (sigma/4)^2
  Exact size_probability{1, 4};         // Lemma 4.3, 1b
  Exact step_bound_exponent = 0;        // Lemma 4.3, 2b: DeltaW <= O(m^0)
  Exact oscillation_time_exponent = 2;  // Lemma 4.4: t0 <= eta^-2
  Exact oscillation_exponent{1, 2};     // Lemma 4.4: E <= eta^(1/2)
  Exact alignment_exponent{1, 2};       // Lemma 4.5: 1 - O(ln(1/eta) eta^(1/2))
  Exact convergence_exponent = 1;       // Lemma 4.6: O(eta ln(1/eta)), both clauses
  Exact alignment_time = 1;             // Lemma 4.5: T2, of ln(1/eta)/|theta*|
  Exact convergence_time = 1;           // Lemma 4.6: t3 - t2, of ln(1/eta)/(eta |theta*|^2)
  Exact phase_share{1, 2};              // SAM: norm below, alignment above
};

}  // namespace escapement::theory

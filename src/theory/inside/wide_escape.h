// Theorem 4.2 in the limit eta -> 0 at any width: the slow flow up to tau_1 = eta^2 sigma^2 T1 / 2 = 192 sqrt(log m)/sqrt(m),
// which does not depend on eta, and there the law of one neuron's displacement (escape_law.h).
#pragma once

#include "escapement/theory/statement.h"

namespace escapement::theory {

enum class EscapeReading { literal, norm_floor, fraction };

struct WideEscape {
  std::string failure;  // why there is nothing else; empty where there is
  Ball stays;           // P(one neuron is inside the lazy ball at T1), or its bound for norm_floor
  Ball fails;           // P(the reading fails): of some neuron among m, or `stays` itself for the fraction
  Ball expected;        // m stays: the expected number of neurons inside
  Ball log10_none;      // of P(no neuron is inside)
};

// covariance: c of the inputs' c I; theta_norm: |theta*|.
WideEscape wide_escape(EscapeReading reading, std::size_t d, const numeric::BigInt& m,
                       const numeric::Exact& covariance, const numeric::Exact& theta_norm,
                       const config::Config& config, const PaperConstants& constants, Laboratory& laboratory);

// At `base` and two more widths, each 10^50 times the one before; |theta*| = 10^-ceil(log10(m)/4) at each, which meets A4.
Finding judge_wide_escape(const Question& question, Laboratory& laboratory, EscapeReading reading,
                          const numeric::BigInt& base, const numeric::Exact& covariance);

// Theorem 4.2 inside Condition 1, at question.inside.
Finding escape_inside(const Question& question, Laboratory& laboratory, EscapeReading reading);

// From m = 10^100 (10^(10 d) where that is more), inputs of the population, whatever the configuration's m: the limit that runs do not reach.
Finding escape_as_m_grows(const Question& question, Laboratory& laboratory, EscapeReading reading);

}  // namespace escapement::theory

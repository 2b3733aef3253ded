// The hypotheses of a theorem on a row's parameters, as proofs_check/headlines.toml writes them, and whether a row meets
// them. One hypothesis is a comparison, a blank between its parts: KEY RELATION VALUE, for instance `theta_norm <= 1/8`.
//   KEY        d, m, n, eta, sigma, theta_norm, rho
//   RELATION   <= < >= > =
//   VALUE      an exact rational
// or one of these flags:
//   n = population           gradient descent on the population
//   m = 1/sqrt(eta)          exactly, or rounded up: the least integer m with m^2 eta >= 1
#pragma once

#include <string>
#include <vector>

#include "escapement/numeric/exact.h"
#include "escapement/theory/verdict.h"

namespace escapement::judge {

struct Hypothesis {
  enum class Kind { comparison, population, width_of_eta };
  Kind kind = Kind::comparison;
  std::string key, relation;
  numeric::Exact value = 0;
};

// Throws std::invalid_argument, which quotes the text, if it is not a hypothesis.
Hypothesis parse_hypothesis(const std::string& text);

// A parameter that is missing, is no exact number or is the population fails every comparison.
bool meets(const Hypothesis& hypothesis, const std::vector<theory::Parameter>& parameters);
bool meets(const std::vector<Hypothesis>& hypotheses, const std::vector<theory::Parameter>& parameters);

}  // namespace escapement::judge

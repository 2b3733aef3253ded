#include "escapement/judge/theorem_scope.h"

#include <algorithm>
#include <sstream>

#include "escapement/numeric/exact.h"

namespace escapement::judge {

namespace {

bool meets(const std::string& hypothesis, const std::vector<theory::Parameter>& parameters) {
  std::string key, comparison, right, rest;
  std::istringstream in(hypothesis);
  if (!(in >> key >> comparison >> right) || in >> rest) return false;
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const theory::Parameter& p) { return p.first == key; });
  if (found == parameters.end()) return false;
  const auto value = numeric::parse_exact(found->second), bound = numeric::parse_exact(right);
  if (!value || !bound) return false;
  if (comparison == "<=") return *value <= *bound;
  if (comparison == "<") return *value < *bound;
  if (comparison == ">=") return *value >= *bound;
  if (comparison == ">") return *value > *bound;
  return comparison == "=" && *value == *bound;
}

}  // namespace

bool meets(const Proof& proof, const std::vector<theory::Parameter>& parameters) {
  return std::all_of(proof.hypotheses.begin(), proof.hypotheses.end(),
                     [&](const std::string& hypothesis) { return meets(hypothesis, parameters); });
}

}  // namespace escapement::judge

// Where a hunt looks: ranges of keys, and which of A1..A6 a find has to meet.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "escapement/hunt/confirm.h"
#include "escapement/theory/condition.h"

namespace escapement::hunt {

struct Domain {
  std::map<std::string, std::pair<Exact, Exact>>
      ranges;  // by key: d, m, n, steps, eta, sigma, theta_norm, x_norm (of every input); both ends included
  std::set<std::string> keep;           // of A1..A6 and spanning: must hold
  bool inside = false;                  // all that the statement assumes must hold
  Exact constant = 1;                   // put for the one in O(.)
  theory::ConditionInputs inputs = {};  // of Condition 1

  std::pair<Exact, Exact> range(const std::string& key, const Exact& least, const Exact& most) const;
};

// Whether the domain asks for the assumption `name` of a claim that assumes these of A1..A6.
bool must_hold(const Domain& domain, const std::vector<std::string>& assumes, const std::string& name);

// Fixes what is derived, and says whether the case then meets the domain and the statement's own hypotheses. The claim's
// id and the constant are filled in.
bool admit(const Target& target, const Domain& domain, Case& c);
// The kept ones of A1..A6 and spanning; slower, so asked only where the claim is violated.
bool keeps_assumptions(const Target& target, const Domain& domain, const Case& c);

}  // namespace escapement::hunt

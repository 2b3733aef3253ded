#include "escapement/theory/verdict_rules.h"

#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/exact.h"

namespace escapement::theory {

namespace {

using Faults = std::vector<std::string>;

// log10 of an e-value and of 1/alpha are each rounded: this much is no failure to reach the level.
constexpr double kRounding = 1e-9;

bool is_not_negative(const std::string& decimal) {
  const auto value = numeric::parse_exact(decimal);
  return value && *value >= 0;
}

void check_sample(const Verdict& v, Faults& faults) {
  if (v.evidence != Evidence::sampled) return;
  if (v.outcome == Outcome::vacuous)
    faults.push_back("vacuous by sampling: what claims nothing is not tested");
  if (!v.sample) {
    faults.push_back("sampled without a sample");
    return;
  }
  const Sample& s = *v.sample;
  const bool level = s.alpha > 0 && s.alpha < 1;
  if (!level) faults.push_back(fmt::format("sampled with alpha = {}, expected above 0 and below 1", s.alpha));
  if (s.trials == 0) faults.push_back("sampled without a trial");
  if (!level || (v.outcome != Outcome::holds && v.outcome != Outcome::violated)) return;
  const double reached = v.outcome == Outcome::holds ? s.log10_e_holds : s.log10_e_violated,
               needed = -std::log10(s.alpha);
  if (!(reached >= needed - kRounding))
    faults.push_back(
        fmt::format("{} by a test that did not cross its level: log10 of its e-value is {}, needed {}",
                    to_string(v.outcome), reached, needed));
}

void check_range(const Range& range, Faults& faults) {
  const auto low = numeric::parse_exact(range.low), high = numeric::parse_exact(range.high);
  if (range.key.empty())
    faults.push_back("supported over a range without a key");
  else if (!low || !high || *low > *high)
    faults.push_back(fmt::format("supported for {} from '{}' to '{}', expected numbers, the smaller first",
                                 range.key, range.low, range.high));
}

void check_support(const Verdict& v, Faults& faults) {
  if (v.outcome != Outcome::supported) {
    if (v.support) faults.push_back(to_string(v.outcome) + " with the support of another outcome");
    return;
  }
  if (!v.support) {
    faults.push_back("supported without the constant needed and its range");
    return;
  }
  if (!is_not_negative(v.support->constant))
    faults.push_back(fmt::format("supported with the constant '{}', expected a number of at least 0",
                                 v.support->constant));
  if (v.support->range.empty()) faults.push_back("supported over no range");
  for (const Range& range : v.support->range) check_range(range, faults);
}

void check_enclosure(const Verdict& v, Faults& faults) {
  if (v.evidence != Evidence::certified) return;
  if (v.radius.empty())
    faults.push_back("certified without a radius");
  else if (!is_not_negative(v.radius))
    faults.push_back(
        fmt::format("certified with the radius '{}', expected a number of at least 0", v.radius));
}

void check_theorems(const Verdict& v, Faults& faults) {
  if (v.evidence == Evidence::proved) {
    const auto deciding = deciding_theorems(v);
    if (deciding.empty())
      faults.push_back("proved without a theorem that decides the row and agrees with its outcome");
    for (const Theorem* t : deciding)
      if (t->name.empty() || t->scope.empty())
        faults.push_back("proved by a theorem without a name or a scope");
  }
  for (const Theorem& t : v.theorems) {
    if (!t.decides) continue;
    if (v.outcome == Outcome::supported)
      faults.push_back(fmt::format("supported, but {} decides the claim", t.name));
    if (v.outcome == (t.disproves ? Outcome::holds : Outcome::violated))
      faults.push_back(fmt::format("{}, but {} decides that it is not", to_string(v.outcome), t.name));
  }
}

void check_case(const Verdict& v, Faults& faults) {
  if (v.evidence != Evidence::counterexample) return;
  if (v.outcome != Outcome::violated) faults.push_back(to_string(v.outcome) + " by a counterexample");
  if (stored_cases(v).empty()) faults.push_back("violated by a counterexample without its case file");
}

void check_sides(const Verdict& v, Faults& faults) {
  if (v.outcome == Outcome::vacuous || v.outcome == Outcome::undecided) return;
  if (v.measured.empty()) faults.push_back(to_string(v.outcome) + " without a measured side");
  if (v.bound.empty()) faults.push_back(to_string(v.outcome) + " without a bound");
}

}  // namespace

std::vector<const Theorem*> deciding_theorems(const Verdict& v) {
  std::vector<const Theorem*> deciding;
  for (const Theorem& t : v.theorems)
    if (t.decides && v.outcome == (t.disproves ? Outcome::violated : Outcome::holds)) deciding.push_back(&t);
  return deciding;
}

std::vector<std::string> stored_cases(const Verdict& v) {
  std::vector<std::string> cases;
  for (const std::string& name : v.proofs)
    if (name.ends_with(".case.json") || name.ends_with(".runs.json")) cases.push_back(name);
  return cases;
}

std::vector<std::string> faults_of(const Verdict& verdict) {
  Faults faults;
  for (const auto check :
       {check_sample, check_support, check_enclosure, check_theorems, check_case, check_sides})
    check(verdict, faults);
  return faults;
}

}  // namespace escapement::theory

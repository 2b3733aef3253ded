#include "escapement/hunt/domain.h"

#include <algorithm>

#include "escapement/hunt/hypotheses.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/check.h"

namespace escapement::hunt {

std::pair<Exact, Exact> Domain::range(const std::string& key, const Exact& least, const Exact& most) const {
  const auto at = ranges.find(key);
  return at == ranges.end() ? std::pair(least, most) : at->second;
}

Exact value_of(const Case& c, const std::string& key) {
  if (key == "d") return Exact(BigInt(c.d()));
  if (key == "m") return Exact(c.width());
  if (key == "n") return Exact(c.sample_size());
  if (key == "steps") return Exact(BigInt(c.steps));
  if (key == "sigma") return c.sigma;
  ESCAPEMENT_CHECK(key == "eta");
  return c.eta;
}

namespace {

// The first count becomes what is missing to `least` altogether.
void raise_to(std::vector<BigInt>& copies, std::size_t rows, const BigInt& least) {
  if (copies.empty()) copies.assign(rows, 1);
  BigInt others = 0;
  for (std::size_t i = 1; i < copies.size(); ++i) others += copies[i];
  copies[0] = least > others ? BigInt(least - others) : BigInt(1);
}

bool must_hold(const Target& target, const Domain& domain, const std::string& name) {
  return domain.keep.count(name) != 0 ||
         (domain.inside &&
          std::find(target.assumes.begin(), target.assumes.end(), name) != target.assumes.end());
}

// A1, A3, A4 and spanning data, where they are kept, by construction: equal rows are counted, theta* is halved, missing axes are
// added.
void fit(const Target& target, const Domain& domain, Case& c) {
  const auto kept = [&](const char* name) { return must_hold(target, domain, name); };
  if (kept("spanning")) make_spanning(c);
  if (c.eta <= 0 || c.eta > 1) return;
  const Exact& omega = domain.inputs.omega;
  if (kept("A1") && target.start != Start::chain)
    raise_to(c.row_copies, c.rows.size(), numeric::ceiling_of_root(Exact(omega * omega / c.eta)));
  if (kept("A3")) raise_to(c.input_copies, c.inputs.size(), numeric::ceiling_of(Exact(1 / (c.eta * c.eta))));
  if (!kept("A4")) return;
  const Exact width(c.width());
  Exact squared = inner(c.theta_star, c.theta_star, c.d());
  for (; squared * squared * width > 1; squared /= 4)
    for (Exact& x : c.theta_star) x /= 2;
}

}  // namespace

bool admit(const Target& target, const Domain& domain, Case& c) {
  c.claim = target.id;
  c.clause = target.clause;
  c.reading = target.reading;
  c.constant = target.constant ? domain.constant : Exact(1);
  fit(target, domain, c);
  if (!target.complete(c)) return false;
  if (domain.ranges.count("eta") == 0 && c.eta > 1) return false;  // all of this is about small step sizes
  for (const auto& [key, range] : domain.ranges) {
    const Exact value = value_of(c, key);
    if (value < range.first || value > range.second) return false;
  }
  return meets_hypotheses(target, c);
}

bool keeps_assumptions(const Target& target, const Domain& domain, const Case& c) {
  if (!domain.inside && domain.keep.empty()) return true;
  for (const Hypothesis& h : condition_one(target, c, domain.inputs))
    if (must_hold(target, domain, h.name) && h.holds != Truth::yes) return false;
  return true;
}

}  // namespace escapement::hunt

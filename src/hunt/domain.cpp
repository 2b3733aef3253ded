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

namespace {

Exact value_of(const Case& c, const std::string& key) {
  if (key == "d") return Exact(BigInt(c.d()));
  if (key == "m") return Exact(c.width());
  if (key == "n") return Exact(c.sample_size());
  if (key == "steps") return Exact(BigInt(c.steps));
  if (key == "sigma") return c.sigma;
  ESCAPEMENT_CHECK(key == "eta");
  return c.eta;
}

// The first count becomes what is missing to `least` altogether.
void raise_to(std::vector<BigInt>& copies, std::size_t rows, const BigInt& least) {
  if (copies.empty()) copies.assign(rows, 1);
  BigInt others = 0;
  for (std::size_t i = 1; i < copies.size(); ++i) others += copies[i];
  copies[0] = least > others ? BigInt(least - others) : BigInt(1);
}

// Within [low, high] by factors of two where there are some, for a norm. A vector along an axis becomes as long as it has to be.
void fit_norm(std::vector<Exact>& v, const std::pair<Exact, Exact>& range) {
  const auto& [low, high] = range;
  const auto entry = std::find_if(v.begin(), v.end(), [](const Exact& x) { return x != 0; });
  if (entry == v.end()) return;
  const Exact least = low * low, most = high * high;
  if (std::count(v.begin(), v.end(), Exact(0)) + 1 == static_cast<long>(v.size())) {
    *entry = std::clamp(*entry, *entry < 0 ? Exact(-high) : low, *entry < 0 ? Exact(-low) : high);
    return;
  }
  Exact squared = inner(v, v, v.size());
  const auto scale = [&](const Exact& factor) {
    for (Exact& x : v) x *= factor;
    squared *= factor * factor;
  };
  while (squared > most && most > 0) scale(Exact(1, 2));
  while (squared < least && 4 * squared <= most) scale(2);
}

bool norm_within(const std::vector<Exact>& v, const std::pair<Exact, Exact>& range) {
  const Exact squared = inner(v, v, v.size());
  return squared >= range.first * range.first && squared <= range.second * range.second;
}

bool within(const Case& c, const std::string& key, const std::pair<Exact, Exact>& range) {
  if (key == "theta_norm") return norm_within(c.theta_star, range);
  if (key == "x_norm")
    return std::all_of(c.inputs.begin(), c.inputs.end(),
                       [&](const std::vector<Exact>& x) { return norm_within(x, range); });
  const Exact value = value_of(c, key);
  return value >= range.first && value <= range.second;
}

// A1, A3, A4 and spanning data, where they are kept, by construction: equal rows are counted, theta* is halved, missing axes are
// added.
void fit(const Target& target, const Domain& domain, Case& c) {
  const auto kept = [&](const char* name) { return must_hold(domain, target.assumes, name); };
  if (kept("spanning")) make_spanning(c);
  for (const auto& [key, range] : domain.ranges) {
    if (key == "theta_norm") fit_norm(c.theta_star, range);
    if (key == "x_norm")
      for (auto& x : c.inputs) fit_norm(x, range);
  }
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

bool must_hold(const Domain& domain, const std::vector<std::string>& assumes, const std::string& name) {
  return domain.keep.count(name) != 0 ||
         (domain.inside && std::find(assumes.begin(), assumes.end(), name) != assumes.end());
}

bool admit(const Target& target, const Domain& domain, Case& c) {
  c.claim = target.id;
  c.clause = target.clause;
  c.reading = target.reading;
  c.constant = target.constant ? domain.constant : Exact(1);
  fit(target, domain, c);
  if (!target.complete(c)) return false;
  if (domain.ranges.count("eta") == 0 && c.eta > 1) return false;  // all of this is about small step sizes
  for (const auto& [key, range] : domain.ranges)
    if (!within(c, key, range)) return false;
  return meets_hypotheses(target, c);
}

bool keeps_assumptions(const Target& target, const Domain& domain, const Case& c) {
  if (!domain.inside && domain.keep.empty()) return true;
  for (const Hypothesis& h : condition_one(target, c, domain.inputs))
    if (must_hold(domain, target.assumes, h.name) && h.holds != Truth::yes) return false;
  return true;
}

}  // namespace escapement::hunt

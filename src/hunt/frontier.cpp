#include "escapement/hunt/frontier.h"

#include <set>

#include "escapement/config/input_error.h"
#include "escapement/hunt/dice.h"

namespace escapement::hunt {

namespace {

constexpr int kMostDoublings = 40;

Exact start_value(const Case& c, const std::string& key) {
  if (key == "eta") return c.eta;
  if (key == "sigma") return c.sigma;
  if (key == "constant") return c.constant;
  return 1;  // a multiple of the find's own
}

class Walker {
 public:
  Walker(const Target& target, const Domain& domain, const Case& find, const std::string& key)
      : target_(target), domain_(domain), find_(find), key_(key) {}

  // Does the claim fail there? unknown: not decided, or no instance of the claim.
  Truth fails(const Exact& value, std::string* summary_there = nullptr) const {
    Case c = find_;
    Domain domain = domain_;
    domain.ranges.erase(key_);
    if (key_ == "eta") c.eta = value;
    if (key_ == "sigma") c.sigma = value;
    if (key_ == "constant") domain.constant = value;
    if (key_ == "theta_norm")
      for (Exact& x : c.theta_star) x *= value;
    if (key_ == "start")
      for (auto& row : c.rows)
        for (Exact& x : row) x *= value;
    if (!admit(target_, domain, c)) return Truth::unknown;
    if (summary_there != nullptr) *summary_there = summary(c);
    for (long bits = kFirstBits; bits <= kMostBits; bits *= 2) {
      const Reading reading = read_ball(target_, c, bits);
      if (reading.violated != Truth::unknown) return reading.violated;
    }
    return Truth::unknown;
  }

 private:
  const Target& target_;
  const Domain& domain_;
  const Case& find_;
  const std::string& key_;
};

}  // namespace

void check_frontier_key(const std::string& key) {
  static const std::set<std::string> kKeys{"eta", "sigma", "constant", "theta_norm", "start"};
  if (kKeys.count(key) == 0)
    throw config::InputError("command line", "--frontier", "one of constant, eta, sigma, start, theta_norm",
                             key);
}

std::vector<Border> frontier(const Target& target, const Domain& domain, const Case& find,
                             const std::string& key, int bits) {
  const Walker walker(target, domain, find, key);
  std::vector<Border> borders;
  const Exact origin = start_value(find, key);
  if (origin == 0) return borders;
  for (const bool up : {true, false}) {
    Exact fails = origin, holds = 0;
    bool found = false;
    for (int k = 0; k < kMostDoublings && !found; ++k) {
      const Exact next = up ? Exact(fails * 2) : Exact(fails / 2);
      const Truth there = walker.fails(next);
      if (there == Truth::unknown) break;
      found = there == Truth::no;
      (found ? holds : fails) = next;
    }
    if (!found) continue;
    for (int k = 0; k < bits; ++k) {
      const Exact middle = (fails + holds) / 2;
      const Truth there = walker.fails(middle);
      if (there == Truth::unknown) break;
      (there == Truth::yes ? fails : holds) = middle;
    }
    Border border{fails, holds, {}};
    walker.fails(fails, &border.summary);
    borders.push_back(std::move(border));
  }
  return borders;
}

}  // namespace escapement::hunt

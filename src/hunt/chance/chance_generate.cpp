#include <algorithm>

#include "escapement/hunt/chance/chance_numbers.h"
#include "escapement/hunt/chance/chance_search.h"
#include "escapement/numeric/ball_functions.h"

namespace escapement::hunt {

namespace {

struct Extent {
  long least, most;          // of log2, mostly
  long far_least, far_most;  // one time in four
};

Extent extent_of(const std::string& key) {
  if (key == "d") return {0, 3, 0, 5};
  if (key == "m") return {0, 11, 0, 16};
  if (key == "n") return {0, 7, 0, 11};
  if (key == "steps") return {0, 14, 0, 20};
  if (key == "eta") return {-10, 0, -34, 0};
  if (key == "sigma") return {-2, 5, -8, 12};
  if (key == "rho") return {-4, 2, -10, 8};
  return {-3, 4, -12, 40};  // theta_norm
}

Exact clipped(Exact x, const std::pair<Exact, Exact>& range) {
  return x < range.first ? range.first : (x > range.second ? range.second : x);
}

Exact draw(const std::string& key, const Domain& domain, Dice& dice) {
  const Extent extent = extent_of(key);
  const bool far = dice.one_in(4);
  Exact x = dice.log_uniform(far ? extent.far_least : extent.least, far ? extent.far_most : extent.most,
                             dice.one_in(2) ? 0 : 3);
  if (key == "sigma" && dice.one_in(8)) x = 0;
  if (const auto range = domain.ranges.find(key); range != domain.ranges.end()) {
    const auto& [low, high] = range->second;
    if (low == high) return low;
    if (dice.one_in(8)) return dice.one_in(2) ? low : high;
    // The same law would end at the borders far too often.
    if (x < low || x > high) x = low + (high - low) * Exact(dice.between(0, 64), 64);
    x = clipped(std::move(x), range->second);
  } else if (key == "eta" && x > 1) {
    x = 1;  // all of this is about small step sizes
  }
  return is_count(key) ? short_count(x) : x;
}

// A statement may need a longer run than was drawn: the shortest that it takes is as good as any. It may have no constant.
void settle(const ChanceTarget& target, ChanceCase& c) {
  constexpr int kMostDoublings = 26;
  auto chance = chance_at(target, c);
  for (int k = 0; k < kMostDoublings && !chance && target.has("steps"); ++k) {
    c.values["steps"] *= 2;
    chance = chance_at(target, c);
  }
  if (chance && !chance->constant) c.constant = 1;
}

// A4 and A3, where they are kept, by construction.
void fit(const ChanceTarget& target, const Domain& domain, ChanceCase& c) {
  const auto kept = [&](const char* name) { return must_hold(domain, target.statement->assumes, name); };
  if (kept("A4")) {
    const auto chance = chance_at(target, c);
    const Exact width = chance ? Exact(chance->config.m) : target.has("m") ? c.at("m") : Exact(1);
    Exact& norm = c.values["theta_norm"];
    while (norm * norm * norm * norm * width > 1) norm /= 2;
  }
  if (kept("A3") && target.has("n")) {
    const Exact least = Exact(1) / (c.at("eta") * c.at("eta"));
    if (c.at("n") < least) c.values["n"] = Exact(numeric::ceiling_of(least));
  }
}

}  // namespace

ChanceCase random_case(const ChanceTarget& target, const Domain& domain, Dice& dice) {
  ChanceCase c;
  c.claim = target.statement->id;
  c.clause = target.claim->clause;
  c.reading = target.claim->reading;
  c.constant = domain.constant;
  for (const std::string& key : target.keys) c.values[key] = draw(key, domain, dice);
  fit(target, domain, c);
  settle(target, c);
  return c;
}

ChanceCase mutate(const ChanceTarget& target, const Domain& domain, ChanceCase c, Dice& dice) {
  do {
    const std::string& key = dice.among(target.keys);
    Exact& x = c.values[key];
    if (dice.one_in(3)) {
      x = draw(key, domain, dice);
    } else {
      x *= power_of_two(dice.one_in(2) ? 1 : -1);
      if (is_count(key)) x = short_count(x);
      if (const auto range = domain.ranges.find(key); range != domain.ranges.end())
        x = clipped(x, range->second);
    }
  } while (dice.one_in(2));
  fit(target, domain, c);
  settle(target, c);
  return c;
}

}  // namespace escapement::hunt

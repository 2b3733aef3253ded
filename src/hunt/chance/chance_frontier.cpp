#include "escapement/hunt/chance/chance_frontier.h"

#include "escapement/config/input_error.h"

namespace escapement::hunt {

namespace {

constexpr int kMostDoublings = 20;
constexpr double kFrontierAlpha = 1e-3;  // of each test

}  // namespace

void check_frontier_key(const ChanceTarget& target, const std::string& key) {
  std::string keys = "constant";
  bool known = key == "constant";
  for (const std::string& k : target.keys) {
    if (is_count(k)) continue;
    keys += ", " + k;
    known = known || k == key;
  }
  if (!known) throw config::InputError("command line", "--frontier", "one of " + keys, key);
}

std::vector<Border> frontier(const ChanceTarget& target, const Domain& domain, const ChanceCase& find,
                             const std::string& key, std::uint64_t seed, const Laboratories& laboratories,
                             int bits) {
  Domain wide = domain;
  wide.ranges.erase(key);
  const auto with = [&](const Exact& value) {
    ChanceCase c = find;
    (key == "constant" ? c.constant : c.values[key]) = value;
    return c;
  };
  const auto fails = [&](const Exact& value) {
    const ChanceCase c = with(value);
    const auto chance = admit(target, wide, c);
    if (!chance) return Truth::unknown;
    const theory::Outcome outcome = test_chance(*chance, search_streams(seed, c), affordable_trials(*chance),
                                                kFrontierAlpha, laboratories)
                                        .outcome;
    return outcome == theory::Outcome::violated ? Truth::yes
           : outcome == theory::Outcome::holds  ? Truth::no
                                                : Truth::unknown;
  };
  std::vector<Border> borders;
  const Exact origin = key == "constant" ? find.constant : find.at(key);
  if (origin == 0) return borders;
  for (const bool up : {true, false}) {
    Exact last = origin, holds = 0;
    bool found = false;
    for (int k = 0; k < kMostDoublings && !found; ++k) {
      const Exact next = up ? Exact(last * 2) : Exact(last / 2);
      const Truth there = fails(next);
      if (there == Truth::unknown) break;
      found = there == Truth::no;
      (found ? holds : last) = next;
    }
    if (!found) continue;
    for (int k = 0; k < bits; ++k) {
      const Exact middle = (last + holds) / 2;
      const Truth there = fails(middle);
      if (there == Truth::unknown) break;
      (there == Truth::yes ? last : holds) = middle;
    }
    const ChanceCase c = with(last);
    const auto chance = chance_at(target, c);
    borders.push_back({last, holds, chance ? summary(c, *chance) : ""});
  }
  return borders;
}

}  // namespace escapement::hunt

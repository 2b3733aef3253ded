#include "escapement/hunt/refuted_constants.h"

#include <fmt/format.h>

#include "escapement/hunt/start_law.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

namespace {

constexpr int kDigits = 6;

bool surely_below(const Ball& a, const Ball& b) { return numeric::less(a, b) == Truth::yes; }

// A decimal that is at most x > 0, within 2e-5 of it.
std::string rounded_down(const Ball& x) {
  const Ball lower = x.lower();
  std::string text = lower.mid_string(kDigits);
  if (const auto value = numeric::parse_exact(text); value && !surely_below(lower, Ball::from(*value)))
    return text;
  return (lower * Ball::from(Exact(99'999, 100'000))).mid_string(kDigits);
}

std::optional<RefutedConstants> of_sides(const Target& target, const Case& c) {
  for (long bits = kFirstBits; bits <= kMostBits; bits *= 2) {
    const numeric::WorkingPrecision precision(bits);
    const Reading reading = read_ball(target, c, bits);
    if (reading.violated == Truth::no) return std::nullopt;
    if (reading.violated == Truth::unknown) continue;
    if (!surely_below(Ball(), reading.right)) return RefutedConstants{"infinity", false};
    return RefutedConstants{rounded_down(Ball::from(c.constant) * reading.left / reading.right), false};
  }
  return std::nullopt;
}

}  // namespace

std::string RefutedConstants::text() const {
  if (below == "infinity") return "refutes every constant K: the bound is zero";
  std::string text = "refutes every constant K < " + below;
  if (only_small)
    text +=
        ", and none that is 1 or more: its starts have a probability below 1/m, which O(1/m) with K = 1 "
        "allows";
  return text;
}

std::optional<RefutedConstants> refuted_constants(const Target& target, const Case& c) {
  if (target.start == Start::likely) {
    if (c.box == 0) return std::nullopt;
    const numeric::WorkingPrecision precision(kFirstBits);
    const Ball below = box_probability(c) * Ball::from(Exact(c.width()));
    return RefutedConstants{rounded_down(below), surely_below(below, Ball(1))};
  }
  return target.constant ? of_sides(target, c) : std::nullopt;
}

std::optional<RefutedConstants> refuted_constants(const ChanceTarget& target, const ChanceCase& c,
                                                  double low) {
  const auto chance = chance_at(target, c);
  if (!chance || !chance->constant) return std::nullopt;
  ChanceCase other = c;
  other.constant = c.constant / 2;
  const auto half = chance_at(target, other);
  const numeric::WorkingPrecision precision(kFirstBits);
  const RefutedConstants tested{numeric::to_string(c.constant), false};
  if (!half || !surely_below(half->bound, chance->bound)) return tested;
  const Ball of_sequence = Ball::dyadic(low) * Ball::from(c.constant) / chance->bound;
  if (surely_below(Ball::from(c.constant), of_sequence))
    return RefutedConstants{rounded_down(of_sequence), surely_below(of_sequence, Ball(1))};
  return RefutedConstants{tested.below, c.constant < 1};
}

}  // namespace escapement::hunt

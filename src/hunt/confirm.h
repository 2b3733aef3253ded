// The ladder of confirmation: suspect (double) -> stable (MPFR at two precisions) -> certified (an enclosure of the exact
// margin lies above zero). docs/concepts/hunting.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escapement/hunt/target.h"

namespace escapement::hunt {

enum class Rung { none, suspect, stable, certified };
std::string to_string(Rung rung);
std::optional<Rung> rung_of(std::string_view text);

// How the claim's worst instance stands at one precision.
struct Reading {
  std::optional<Ball> margin;  // none: nothing is claimed, or not finite
  Ball left, right;
  Truth violated = Truth::unknown;
};
Reading read_double(const Target& target, const Case& c);
Reading read_mp(const Target& target, const Case& c, long bits);
Reading read_ball(const Target& target, const Case& c, long bits);

// The margin as a search sees it: double, or MPFR where the case's numbers do not fit a double. -2 where there is none.
double score(const Target& target, const Case& c);
inline constexpr double kNoScore = -2;

// Lower end of an enclosure of the exact margin, at as many bits as a width below 2^-30 needs; none if no enclosure up to
// kMostBits is that narrow, or if nothing is claimed.
std::optional<double> enclosed_margin(const Target& target, const Case& c);

inline constexpr long kFirstBits = 128, kMostBits = 4096;

struct Confirmation {
  Rung rung = Rung::none;
  long bits = 0;    // of the enclosure, or of MPFR
  Reading reading;  // on that rung
};
// As high as it gets. Where the claim is about most starts, certified means a box (c.box), which is widened from `c.rows`
// as far as a power of two in [2^-20, 1] allows; `given_box` keeps the case's own.
Confirmation confirm(const Target& target, Case& c, bool given_box = false);

// Whether the exact margin is at least `least`, certainly; for shrinking. Rises in precision until decided.
bool certainly_at_least(const Target& target, const Case& c, double least);

// All of the statement's own hypotheses, surely.
bool meets_hypotheses(const Target& target, const Case& c);

}  // namespace escapement::hunt

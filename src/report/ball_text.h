// Enclosures as decimals, to be read back and to be looked at.
#pragma once

#include <optional>
#include <string>

#include "escapement/numeric/ball.h"

namespace escapement::report {

// Decimal midpoint and an upper bound, in three digits, of the distance from it to every point of the enclosure. An
// exact number of at most 40 digits has radius "0". Reading it back gives an enclosure of the enclosure; each writing
// widens it by at most some percent of its radius.
struct BallText {
  std::string value, radius;
};
BallText ball_text(const numeric::Ball& finite);
numeric::Ball ball_of(const numeric::Exact& value, const numeric::Exact& radius);

// To look at: the midpoint in `digits` digits, followed by +/- radius where that is visible at those digits; "not
// defined" where it is not finite.
std::string brief(const numeric::Ball& x, int digits = 4);

// A decimal shortened to `digits` digits, 0.000123 and 1.5e-713; any other text as it is.
std::string brief(const std::string& decimal, int digits = 6);

// log10 of a positive number of any size, within 1e-11 of the exact one relative to max(1, itself); nullopt for what is
// not positive, or not finite. Of an enclosure: of its midpoint.
std::optional<double> log10_of(const numeric::Exact& x);
std::optional<double> log10_of(const numeric::Ball& x);

}  // namespace escapement::report

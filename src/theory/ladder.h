// Claims with O(.): the constant that they need, rung by rung, and whether it stays bounded in the limit.
#pragma once

#include <vector>

#include "escapement/theory/statement.h"

namespace escapement::theory {

inline constexpr double kLadderConfidence = 0.95;

// Appends a rung; constant = measured / bound, enclosed where they are.
void add_rung(Ladder& ladder, std::string at, const Ball& limit, const Ball& bound, const Ball& measured);

// Fills in exponent and interval, and says what they mean for "there is a constant K with measured <= K bound":
//   violated   the whole interval is above zero, and the growth does not fade: over the last step of the ladder the
//              constant still grows with at least half the exponent;
//   holds      the interval is below zero, or the constant falls at every rung (faster than any power, say), or every
//              constant is zero, exactly or as far as the arithmetic resolves (an enclosure of zero below 1/1000);
//   undecided  else.
// A rung whose constant is an enclosure of zero (below what the arithmetic resolves) takes no part in the fit. Never more
// than the rungs show: a finite ladder has no limit.
Outcome judge_ladder(Ladder& ladder);

// "K = 3.1 at eta = 1/1000 ... ; exponent 0.48 in 1/eta (0.47 to 0.49)", for a basis.
std::string describe(const Ladder& ladder);

// eta, eta/4, eta/16, ...: `count` values, exactly.
std::vector<numeric::Exact> falling_rungs(const numeric::Exact& eta, std::size_t count);

// The least width with m >= 1/sqrt(eta), A1 with the constant one.
numeric::BigInt least_width(const numeric::Exact& eta);

// A sign or a comparison of enclosures as an Outcome: yes -> holds, no -> violated.
Outcome outcome_of(Truth holds);

// At most `digits` certain digits; "unbounded" where not finite.
std::string text_of(const Ball& x, int digits = 6);

}  // namespace escapement::theory

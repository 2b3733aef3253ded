// Claims with O(.): the constant that they need, rung by rung, and whether it stays bounded in the limit.
#pragma once

#include <vector>

#include "escapement/theory/statement.h"

namespace escapement::theory {

inline constexpr double kLadderConfidence = 0.95;

// Appends a rung; constant = measured / bound, enclosed where they are.
void add_rung(Ladder& ladder, std::string at, const Ball& limit, const Ball& bound, const Ball& measured);

// Fills in exponent and interval, and says what they show of "there is a constant K with measured <= K bound":
//   supported  no growth: the interval reaches down to zero or below and the last rung is not the peak (by 5% or more), or
//              every constant is zero, exactly or as far as the arithmetic resolves (an enclosure of zero below 1/1000);
//   undecided  else: the constant grows along the ladder or exceeds 10^6, which O(.) does not mean, or too few rungs are
//              resolved.
// A ladder is finite and has no limit: it never yields `holds` or `violated`, which need a law. A rung whose constant is
// an enclosure of zero (below what the arithmetic resolves) takes no part in the fit.
Outcome judge_ladder(Ladder& ladder);

// The largest constant along the ladders, rounded up, and the values of `key` between which they run. The ladders share
// the key. `also` holds the ranges of other keys.
Support support_of(const std::vector<const Ladder*>& ladders, std::vector<Range> also);

// Puts outcome and support of a claim that nothing but its ladder speaks about into the finding, and moves the ladder there.
void conclude(Finding& finding, Ladder ladder, std::vector<Range> also);

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

// A decimal of four digits that is at least x, for a bound that has to be safe; "unbounded" where x is not finite.
std::string upper_text(const Ball& x);

}  // namespace escapement::theory

// Elementary functions of enclosures, at the thread's working precision, and what is read off an enclosure: decimals,
// integers, decisions. Outside a function's domain the result is the whole line, not finite, never a wrong number.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"

namespace escapement::numeric {

Ball pi();
Ball exp(const Ball& x);
Ball log(const Ball& x);                        // natural; x > 0
Ball log10(const Ball& x);                      // x > 0
Ball log(const BigInt& x);                      // natural; x > 0, of any length
Ball pow(const Ball& x, const Exact& y);        // x^y; x > 0, or y an integer below 2^31 in magnitude
Ball power(const Ball& x, long n);              // x^n
Ball root(const Ball& x, unsigned long k);      // x^(1/k); x >= 0, k >= 1
Ball exp10(const Ball& x);                      // 10^x
Ball hull(const Ball& a, const Ball& b);        // the least enclosure of both, rounded outwards
Ball maximum_of(const Ball& a, const Ball& b);  // of any two points
// P(X > x) for chi-squared with k degrees of freedom: the regularised upper incomplete gamma function Q(k/2, x/2).
Ball chi_squared_upper(const Exact& degrees, const Ball& x);

// x in decimal: as many significant digits as the enclosure makes certain, at most `digits`; the last one may be off by
// one. Plain from 1e-4 to 10^digits, else scientific with an exponent of any length: 0.25, 1.234e-713. Empty where not
// one digit is certain (a sign is undecided, or x is not finite).
std::string decimal(const Ball& x, int digits);

// x > 0 in `digits` significant digits (fewer where the others are zeros), on the side of x that is asked for: what is printed
// meets a bound that x is. `exact`: the value that x encloses, where it is rational. Empty where x is not finite or its sign
// is undecided.
enum class Side { below, above };
std::string decimal_bound(const Ball& x, int digits, Side side, const std::optional<Exact>& exact = {});

// Values at a precision that suffices: `compute` is called under 64, 128, ... bits of working precision, at most `most`.
inline constexpr long kMostRefinedBits = 1L << 19;
// The first value with a relative error below 2^-accurate_bits (an exact one at once); the last where none is.
Ball refined(const std::function<Ball()>& compute, long accurate_bits, long most = kMostRefinedBits);
// The first answer that is not unknown.
Truth decided(const std::function<Truth()>& compute, long most = kMostRefinedBits);

// The least integer >= x, where the enclosure decides that and it has at most kMaxExactDigits digits.
std::optional<BigInt> ceiling(const Ball& x);
// The same at the first precision that decides; nullopt where none does: x an integer, or too long.
std::optional<BigInt> full_integer(const std::function<Ball()>& compute, long most = kMostRefinedBits);

// The least integer k >= 0 with k >= sqrt(x), exactly; x >= 0.
BigInt ceiling_of_root(const Exact& x);
BigInt ceiling_of(const Exact& x);

}  // namespace escapement::numeric

// What templated code may ask of a scalar beyond + - * /: exact entry, exact exit, comparison as Truth.
// Constants enter as ratios of integers, never as floating literals.
#pragma once

#include <cstdint>
#include <string>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"
#include "escapement/numeric/scalars.h"
#include "escapement/numeric/truth.h"

namespace escapement::numeric {

// Nearest T to an exact number (Ball: an enclosure of it), at the working precision.
template <class T>
T from_exact(const Exact& value);
// The double's own value, exactly where the working precision is >= 53 bits.
template <class T>
T from_dyadic(double value);
template <class T>
T from_int(long value);

// The value as an exact ball (double, Mp) or the enclosure itself.
template <class T>
Ball to_ball(const T& value);
// Midpoint of x as a T: drops the radius of a Ball, rounds to the working precision.
template <class T>
T from_mid(const Ball& x);
template <class T>
double to_double(const T& value);
template <class T>
bool is_finite(const T& value);
// Of a value that is known to be >= 0, such as a sum of squares: the negative part of an enclosure is ignored.
template <class T>
T square_root(const T& value);
template <class T>
T absolute(const T& value);
template <class T>
Truth is_less(const T& a, const T& b);
template <class T>
T minimum(const T& a, const T& b);  // Ball: encloses the lesser of any two points
template <class T>
T maximum(const T& a, const T& b);

// Exact text and back; undump returns false on text that is no dump.
template <class T>
std::string dump(const T& value);
template <class T>
bool undump(const std::string& text, T& value);

// Name of the arithmetic for provenance: "double", "mpfr", "ball".
template <class T>
const char* scalar_name();

// Decimal digits that identify a number of `bits` bits.
int decimal_digits_for(long bits);

}  // namespace escapement::numeric

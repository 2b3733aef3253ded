// The law of one neuron's displacement, given what the run did to all of them.
// Z(t) = Z(0) P(t), and neurons start as independent rows z ~ f N(0, diag(1/d, ..., 1/d, 1/m)), so that
// w(t) - w(0) = z D with D = (P - I) without its last column [(d+1) x d] is a Gaussian vector and |w(t) - w(0)|^2 a
// quadratic form. P depends on the start through S(0) alone, which no single neuron of many decides: the law is that of
// a neuron drawn afresh, the standard approximation for one among m (docs/statements/theorem-4.2.md).
#pragma once

#include "escapement/numeric/ball.h"
#include "escapement/numeric/exact.h"
#include "escapement/numeric/packed.h"
#include "escapement/numeric/scalars.h"

namespace escapement::theory {

using numeric::Ball;

struct EscapeLaw {
  Ball stays;       // P(|w(t) - w(0)| <= r)
  Ball long_stays;  // an upper bound of P(|w(t) - w(0)| <= r and |w(0)| >= floor)
};

// D's entries and the eigenvalues of the form are taken in double precision; the probabilities are enclosed from there.
// factor: of the start; r: the lazy radius; floor: least |w(0)|.
EscapeLaw escape_law(const numeric::Rows<double>& product, const numeric::BigInt& m, const Ball& factor,
                     const Ball& r, const Ball& floor);

// The same from P - I itself [(d+1) x (d+1)], which may be as small as 10^-270: its form is built and its eigenvalues are
// enclosed at the working precision, so that what is not certain is the displacement alone.
EscapeLaw escape_law_of_displacement(const numeric::Rows<numeric::Mp>& displacement, const numeric::BigInt& m,
                                     const Ball& factor, const Ball& r, const Ball& floor);

}  // namespace escapement::theory

// The closed list of scalars. Everything templated below Trajectory is instantiated for these three and no other.
#pragma once

#include <boost/multiprecision/mpfr.hpp>

namespace escapement::numeric {

// MPFR through Boost.Multiprecision, precision chosen at run time (see WorkingPrecision). Expression templates
// are off: they reorder operations, and results must not depend on how an expression was spelt.
using Mp = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>,
                                         boost::multiprecision::et_off>;

// Midpoint-radius enclosure, see ball.h.
class Ball;

}  // namespace escapement::numeric

// Expands X(T) for each scalar.
#define ESCAPEMENT_FOR_EACH_SCALAR(X) X(double) X(::escapement::numeric::Mp) X(::escapement::numeric::Ball)

// A chi-squared variate from a standard normal, for any number of degrees of freedom, also 10^548.
#pragma once

#include "escapement/numeric/exact.h"

namespace escapement::numeric {

// The chi-squared quantile at the standard normal g's probability; degrees >= 1. Up to 10^7 degrees of freedom it is
// computed in double precision, beyond by the cube root's normal law [Wilson1931], off by less than a part in 10^8 and
// by less the more there are. T: double (degrees within its range) or Mp.
template <class T>
T chi_squared_variate(const BigInt& degrees, double g);

}  // namespace escapement::numeric

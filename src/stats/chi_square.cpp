#include "escapement/stats/chi_square.h"

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/chi_square_ladder.h"
#include "escapement/stats/monotone.h"

namespace escapement::stats {

Ball chi_square_cdf(long d, const Ball& x) {
  ESCAPEMENT_CHECK(d >= 1 && x.is_finite());
  const long bits = numeric::working_bits() + kGuardBits;
  const auto at = [&](const Ball& point) { return chi_square_at(Tail::lower, d, point, bits); };
  return probability_hull(at(lower_end(x, bits)), at(upper_end(x, bits)));
}

Ball chi_square_survival(long d, const Ball& x) {
  ESCAPEMENT_CHECK(d >= 1 && x.is_finite());
  const long bits = numeric::working_bits() + kGuardBits;
  const auto at = [&](const Ball& point) { return chi_square_at(Tail::upper, d, point, bits); };
  return probability_hull(at(lower_end(x, bits)), at(upper_end(x, bits)));
}

}  // namespace escapement::stats

#include "escapement/hunt/start_law.h"

#include <arb_hypgeom.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

using numeric::Ball;

namespace {

Ball erfc(const Ball& x) {
  Ball result;
  arb_hypgeom_erfc(result.raw(), x.raw(), numeric::working_bits());
  return result;
}

// P(|N(0, 1/precision) - centre| <= half), from the tail that does not cancel.
Ball interval_probability(const Exact& centre, const Exact& half, const Ball& precision) {
  const Ball scale = sqrt(precision / Ball(2));
  const Exact near = abs(centre) - half, far = abs(centre) + half;
  return (erfc(Ball::from(near) * scale) - erfc(Ball::from(far) * scale)) / Ball(2);
}

}  // namespace

Ball box_probability(const Case& c) {
  const Ball d(static_cast<int>(c.d())), m = Ball::from(Exact(c.width()));
  Ball all(1);
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    Ball one(1);
    for (std::size_t j = 0; j <= c.d(); ++j)
      one *= interval_probability(c.rows[i][j], c.box, j == c.d() ? m : d);
    const BigInt copies = c.row_copies.empty() ? BigInt(1) : c.row_copies[i];
    all *= numeric::pow(one, Exact(copies));
  }
  return all;
}

}  // namespace escapement::hunt

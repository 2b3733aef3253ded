// The chi-square law at one exact point x for d, d + 2, d + 4, ... degrees of freedom: what Ruben's series sums.
#pragma once

#include <vector>

#include "escapement/numeric/ball.h"

namespace escapement::stats {

using numeric::Ball;

enum class Tail { lower, upper };

// P( chi^2_d <= x ) or P( chi^2_d > x ); x exact.
Ball chi_square_at(Tail tail, long d, const Ball& x, long bits);

// next() gives the tail of d, then of d + 2, ... x > 0, exact. With u_nu = (x/2)^(nu/2) e^(-x/2) / Gamma(nu/2 + 1),
//   P( chi^2_(nu+2) <= x ) = P( chi^2_nu <= x ) - u_nu,
// used upwards for the upper tail and downwards, in blocks, for the lower one: only sums of positive terms.
class ChiSquareLadder {
 public:
  ChiSquareLadder(Tail tail, long d, const Ball& x, long bits);
  Ball next();

 private:
  Ball take_term();  // u_nu; nu goes up by 2

  Tail tail_;
  long d_, bits_;
  Ball x_, half_x_, term_;
  long nu_;                  // of term_
  Ball upper_;               // upper tail: of the next
  std::vector<Ball> block_;  // lower tail: the coming ones, last first
  long next_d_;              // lower tail: first of the next block
  long block_size_;
};

}  // namespace escapement::stats

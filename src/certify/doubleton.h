// A box of starts as it moves: E(t) = J E(t0) + R, |E(t0)| <= base, |R| <= rest, with J in doubles (tangent.h). What is of
// second order, and all rounding, goes into the rest, which grows by the norm of each step; J grows by the product's.
// When the rest is no longer small the box is enclosed in a ball and begins anew: a doubleton whose sets are balls
// [KapelaMrozekWilczakZgliczynski2021].
#pragma once

#include <iosfwd>

#include "escapement/certify/tangent.h"

namespace escapement::certify {

class Doubleton {
 public:
  // Products of Jacobians cost O(N^2) a step, their norm O(N^3) now and then.
  static constexpr std::size_t kMostNumbers = 128;

  Doubleton(std::size_t rows, std::size_t d, const Bound& error);

  // One step: `linear` bounds the Jacobian's norm, `extra` all that is not linear. `plain` = linear e + extra is the bound
  // without J; returns the lesser of the two.
  Bound advance(const TangentStep& step, const Bound& linear, const Bound& extra, const Bound& plain);
  // After something else moved the network.
  void restart(const Bound& error);

  void save(std::ostream& out) const;
  bool load(std::istream& in);

 private:
  Tangent j_;
  Bound base_, rest_;
  std::uint64_t age_ = 0;  // steps since J = I
};

}  // namespace escapement::certify

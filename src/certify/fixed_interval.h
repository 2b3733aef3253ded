// Intervals with integer ends in units of 2^-bits, rounded outwards: the arithmetic of the certificate checker, integer by
// integer that of proofs_check/checker/Fixed.v and Roots.v, which is proved sound there.
#pragma once

#include <optional>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::certify {

using numeric::BigInt;
using numeric::Exact;

struct FixedInterval {
  BigInt low, high;
  bool operator==(const FixedInterval&) const = default;
};
using FixedVector = std::vector<FixedInterval>;

FixedInterval operator+(const FixedInterval& i, const FixedInterval& j);
FixedInterval operator-(const FixedInterval& i, const FixedInterval& j);
FixedInterval operator-(const FixedInterval& i);
FixedInterval scaled(const BigInt& factor, const FixedInterval& i);
FixedInterval magnitude(const FixedInterval& i);                    // |x|
FixedInterval shared(const BigInt& parts, const FixedInterval& i);  // x / parts, parts > 0
bool below(const FixedInterval& i, const FixedInterval& j);         // x < y for all x in i, y in j
bool at_most(const FixedInterval& i, const FixedInterval& j);       // x <= y
inline bool positive(const FixedInterval& i) { return i.low > 0; }

// Operations that round, in units of 2^-bits. Sums of products are exact and rounded once.
class FixedGrid {
 public:
  explicit FixedGrid(unsigned bits) : bits_(bits) {}
  unsigned bits() const { return bits_; }

  FixedInterval integer(const BigInt& z) const;
  FixedInterval between(const Exact& low, const Exact& high) const;
  FixedInterval exact(const Exact& x) const { return between(x, x); }
  FixedVector exact(const std::vector<Exact>& x) const;

  FixedInterval times(const FixedInterval& i, const FixedInterval& j) const;
  FixedInterval square(const FixedInterval& i) const;
  FixedInterval dot(const FixedVector& u, const FixedVector& v) const;
  FixedInterval squares(const FixedVector& u) const;  // the sum of the squares
  // sum_l c_l x_l, each entry rounded once; c and x [n], result [d]
  FixedVector combination(std::size_t d, const FixedVector& c, const std::vector<FixedVector>& x) const;

  FixedInterval root(const FixedInterval& i) const;
  // Nothing where the divisor may be 0 or negative.
  std::optional<FixedInterval> quotient(const FixedInterval& i, const FixedInterval& j) const;
  // ln x = 2^j ln x^(2^-j), 1 - 1/z <= ln z <= z - 1. Nothing where z is not known to be positive.
  std::optional<FixedInterval> logarithm(const FixedInterval& i) const;

  // An interval that is wider than 2^8 or beyond 2^32 is given up before it fills the memory.
  bool calm(const FixedInterval& i) const;

 private:
  FixedInterval rounded(const FixedInterval& i) const;  // from units of 2^-2bits
  unsigned bits_;
};

}  // namespace escapement::certify

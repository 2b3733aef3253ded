// The working precision of `Mp` and `Ball`: one place sets it, per thread.
#pragma once

namespace escapement::numeric {

inline constexpr long kMinBits = 2;
inline constexpr long kMaxBits = 1'000'000;
inline constexpr long kDoubleBits = 53;

// Bits that Arb and the packed kernels round to on this thread; 53 until a guard says otherwise.
long working_bits() noexcept;

// Sets this thread's working precision for its lifetime and restores the one before. Boost counts its
// default in decimal digits, so an `Mp` carries the fewest digits whose binary precision is >= bits (at most
// four bits more); the packed kernels round to exactly `bits`.
class WorkingPrecision {
 public:
  explicit WorkingPrecision(long bits);
  ~WorkingPrecision();
  WorkingPrecision(const WorkingPrecision&) = delete;
  WorkingPrecision& operator=(const WorkingPrecision&) = delete;

 private:
  long bits_before_;
  unsigned digits_before_;
};

// Decimal digits that Boost needs so that its MPFR numbers carry at least `bits` bits.
unsigned boost_digits_for(long bits);

}  // namespace escapement::numeric

#include "escapement/numeric/precision.h"

#include "escapement/numeric/check.h"
#include "escapement/numeric/scalars.h"

namespace escapement::numeric {

namespace {
thread_local long bits_of_this_thread = kDoubleBits;
}  // namespace

long working_bits() noexcept { return bits_of_this_thread; }

unsigned boost_digits_for(long bits) {
  auto bits_of = [](unsigned long digits) {
    return static_cast<long>(boost::multiprecision::detail::digits10_2_2(digits));
  };
  auto digits = static_cast<unsigned long>(bits) * 301UL / 1000UL;
  while (bits_of(digits) < bits) ++digits;
  while (digits > 1 && bits_of(digits - 1) >= bits) --digits;
  return static_cast<unsigned>(digits);
}

WorkingPrecision::WorkingPrecision(long bits)
    : bits_before_(bits_of_this_thread), digits_before_(Mp::thread_default_precision()) {
  ESCAPEMENT_CHECK(bits >= kMinBits && bits <= kMaxBits);
  bits_of_this_thread = bits;
  Mp::thread_default_precision(boost_digits_for(bits));
}

WorkingPrecision::~WorkingPrecision() {
  bits_of_this_thread = bits_before_;
  Mp::thread_default_precision(digits_before_);
}

}  // namespace escapement::numeric

// Exact rationals and the texts people write them as: nothing is rounded between a configuration and the arithmetic.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <boost/multiprecision/gmp.hpp>

namespace escapement::numeric {

using BigInt = boost::multiprecision::mpz_int;
using Exact = boost::multiprecision::mpq_rational;  // always in lowest terms, positive denominator

// A value whose numerator and denominator have more bits than this together is refused, and so are a decimal whose
// digits and exponent add up to more than kMaxExactDigits and a text of more than kMaxExactText bytes: `1e999999999`
// costs neither memory nor time. Whatever passes is printed as a text that passes.
inline constexpr long kMaxExactBits = 3L << 20;
inline constexpr long kMaxExactDigits = 1L << 20;
inline constexpr std::size_t kMaxExactText = 1'000'000;

// The exact value of `text`, or nullopt. With at most one sign in front, one of
//   DECIMAL      12, 0.001, .5, 5., 1.5e-700, 1E+3      a digit before or after the point
//   DECIMAL/DECIMAL                  1/3, 0.5/1e9       not by zero
//   BASE^INTEGER                     2^-30, 1.5^7       BASE a decimal without e; zero only to a positive power
//   HEX[pINTEGER]                    0x1.8p-3, 0x10
// and nothing else: no blanks, no nan, no inf. Never throws.
std::optional<Exact> parse_exact(std::string_view text);

// Likewise, where the value is an integer: 1000, 1e7, 10^400, 2^20, 12/4.
std::optional<BigInt> parse_integer(std::string_view text);

// Canonical text: the shortest of plain decimal, scientific decimal, 2^k, 10^k and p/q, the earlier on a tie (beyond
// kMaxExactDigits p/q). parse_exact gives back every value that it gave.
std::string to_string(const Exact& value);

}  // namespace escapement::numeric

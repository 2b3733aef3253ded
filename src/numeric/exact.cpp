#include "escapement/numeric/exact.h"

#include <algorithm>
#include <utility>

namespace escapement::numeric {

namespace {

constexpr long kHuge =
    1L << 40;  // any count beyond is as good as this one: everything of its size is refused

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads a text from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  bool take(char c) { return take_either(c, c); }
  bool take_either(char lower, char upper) {
    if (rest_.empty() || (rest_.front() != lower && rest_.front() != upper)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  template <class Predicate>
  std::string_view take_while(Predicate accepts) {
    const std::size_t size =
        static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), accepts) - rest_.begin());
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::string_view take_digits() { return take_while(is_digit); }

  // An optionally signed integer, held at +-kHuge.
  std::optional<long> take_exponent(bool plus_allowed) {
    const bool negative = take('-');
    if (!negative && plus_allowed) take('+');
    const std::string_view digits = take_digits();
    if (digits.empty()) return std::nullopt;
    long value = 0;
    for (const char c : digits) value = std::min(kHuge, 10 * value + (c - '0'));
    return negative ? -value : value;
  }

 private:
  std::string_view rest_;
};

BigInt from_digits(const std::string& digits, int base) {
  BigInt value;
  mpz_set_str(value.backend().data(), digits.c_str(), base);
  return value;
}

long bits(const BigInt& value) { return static_cast<long>(mpz_sizeinbase(value.backend().data(), 2)); }

BigInt power(const BigInt& base, unsigned long exponent) {
  BigInt value;
  mpz_pow_ui(value.backend().data(), base.backend().data(), exponent);
  return value;
}

// base^exponent for base > 0.
std::optional<Exact> power(const Exact& base, long exponent) {
  if (base == 1 || exponent == 0) return Exact(1);
  const BigInt top = numerator(base), bottom = denominator(base);
  const unsigned long count = static_cast<unsigned long>(exponent < 0 ? -exponent : exponent);
  const long least_bits = std::max(bits(top), bits(bottom)) - 1;  // at least this many times count come out
  if (static_cast<long>(count) > kMaxExactBits / least_bits) return std::nullopt;
  BigInt a = power(top, count), b = power(bottom, count);
  if (exponent < 0) swap(a, b);
  return Exact(a, b);
}

Exact times_power_of_two(const BigInt& value, long exponent) {
  if (exponent >= 0) return Exact(BigInt(value << static_cast<unsigned long>(exponent)));
  return Exact(value, BigInt(BigInt(1) << static_cast<unsigned long>(-exponent)));
}

std::optional<Exact> take_hexadecimal(Reader& in) {
  const auto is_hex = [](char c) { return hex_digit(c) >= 0; };
  std::string digits(in.take_while(is_hex));
  long exponent = 0;
  if (in.take('.')) {
    const std::string_view fraction = in.take_while(is_hex);
    digits += fraction;
    exponent = -4 * static_cast<long>(fraction.size());
  }
  if (digits.empty()) return std::nullopt;
  if (in.take_either('p', 'P')) {
    const std::optional<long> written = in.take_exponent(true);
    if (!written) return std::nullopt;
    exponent += *written;
  }
  const BigInt mantissa = from_digits(digits, 16);
  if (mantissa == 0) return Exact(0);
  if (bits(mantissa) + std::abs(exponent) > kMaxExactBits) return std::nullopt;
  return times_power_of_two(mantissa, exponent);
}

// Digits, a fraction, an exponent where allowed; the value is non-negative.
std::optional<Exact> take_decimal(Reader& in, bool exponent_allowed) {
  std::string digits(in.take_digits());
  long exponent = 0;
  if (in.take('.')) {
    const std::string_view fraction = in.take_digits();
    digits += fraction;
    exponent = -static_cast<long>(fraction.size());
  }
  if (digits.empty()) return std::nullopt;
  if (exponent_allowed && in.take_either('e', 'E')) {
    const std::optional<long> written = in.take_exponent(true);
    if (!written) return std::nullopt;
    exponent += *written;
  }
  const std::size_t leading_zeros = std::min(digits.find_first_not_of('0'), digits.size());
  if (leading_zeros == digits.size()) return Exact(0);
  if (static_cast<long>(digits.size() - leading_zeros) + std::abs(exponent) > kMaxExactDigits)
    return std::nullopt;
  const BigInt mantissa = from_digits(digits, 10);
  const BigInt scale = power(BigInt(10), static_cast<unsigned long>(std::abs(exponent)));
  return exponent < 0 ? Exact(mantissa, scale) : Exact(BigInt(mantissa * scale));
}

// Everything but the sign.
std::optional<Exact> take_magnitude(std::string_view text) {
  Reader in(text);
  if (text.size() >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    Reader hexadecimal(text.substr(2));
    std::optional<Exact> value = take_hexadecimal(hexadecimal);
    if (!hexadecimal.done()) return std::nullopt;
    return value;
  }
  if (text.find('^') != std::string_view::npos) {
    const std::optional<Exact> base = take_decimal(in, false);
    if (!base || !in.take('^')) return std::nullopt;
    const std::optional<long> exponent = in.take_exponent(false);
    if (!exponent || !in.done()) return std::nullopt;
    if (*base != 0) return power(*base, *exponent);
    if (*exponent <= 0) return std::nullopt;
    return Exact(0);
  }
  std::optional<Exact> value = take_decimal(in, true);
  if (value && in.take('/')) {
    const std::optional<Exact> divisor = take_decimal(in, true);
    if (!divisor || *divisor == 0) return std::nullopt;
    *value /= *divisor;
  }
  if (!in.done()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Exact> parse_exact(std::string_view text) {
  if (text.size() > kMaxExactText) return std::nullopt;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::optional<Exact> value = take_magnitude(text);
  if (value && bits(numerator(*value)) + bits(denominator(*value)) > kMaxExactBits) return std::nullopt;
  if (value && negative) *value = -*value;
  return value;
}

std::optional<BigInt> parse_integer(std::string_view text) {
  const std::optional<Exact> value = parse_exact(text);
  if (!value || denominator(*value) != 1) return std::nullopt;
  return numerator(*value);
}

}  // namespace escapement::numeric

// The way back from exact values to text.
#include <algorithm>
#include <cstddef>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::numeric {

namespace {

unsigned long remove_factor(BigInt& value, unsigned long factor) {
  const BigInt divisor = factor;
  return mpz_remove(value.backend().data(), value.backend().data(), divisor.backend().data());
}

BigInt power(unsigned long base, unsigned long exponent) {
  BigInt value;
  mpz_ui_pow_ui(value.backend().data(), base, exponent);
  return value;
}

// digits * 10^exponent, without trailing zeros in the digits.
struct Decimal {
  std::string digits;
  long exponent = 0;

  // Of value > 0; nullopt where the expansion does not end, or not soon enough.
  static std::optional<Decimal> of(const Exact& value) {
    BigInt rest = denominator(value);
    const unsigned long twos = remove_factor(rest, 2), fives = remove_factor(rest, 5);
    if (rest != 1) return std::nullopt;
    const unsigned long places = std::max(twos, fives);
    if (places > static_cast<unsigned long>(kMaxExactDigits)) return std::nullopt;
    const BigInt scaled = numerator(value) * power(2, places - twos) * power(5, places - fives);
    Decimal result{scaled.str(), -static_cast<long>(places)};
    if (static_cast<long>(result.digits.size() + places) > kMaxExactDigits) return std::nullopt;
    const std::size_t kept = result.digits.find_last_not_of('0') + 1;
    result.exponent += static_cast<long>(result.digits.size() - kept);
    result.digits.resize(kept);
    return result;
  }

  std::string plain() const {
    if (exponent >= 0) return digits + std::string(static_cast<std::size_t>(exponent), '0');
    const auto places = static_cast<std::size_t>(-exponent);
    if (places >= digits.size()) return "0." + std::string(places - digits.size(), '0') + digits;
    return digits.substr(0, digits.size() - places) + "." + digits.substr(digits.size() - places);
  }

  std::string scientific() const {
    const std::string fraction = digits.size() > 1 ? "." + digits.substr(1) : "";
    return digits.substr(0, 1) + fraction + "e" +
           std::to_string(exponent + static_cast<long>(digits.size()) - 1);
  }
};

// k where value = base^k; nullopt elsewhere, and for 1.
std::optional<long> logarithm(const Exact& value, unsigned long base) {
  for (const bool inverse : {false, true}) {
    if ((inverse ? numerator(value) : denominator(value)) != 1) continue;
    BigInt rest = inverse ? denominator(value) : numerator(value);
    const auto k = static_cast<long>(remove_factor(rest, base));
    if (rest == 1 && k > 0) return inverse ? -k : k;
  }
  return std::nullopt;
}

}  // namespace

std::string to_string(const Exact& value) {
  if (value == 0) return "0";
  const Exact magnitude = abs(value);
  std::vector<std::string> candidates;
  if (const std::optional<Decimal> decimal = Decimal::of(magnitude)) {
    candidates.push_back(decimal->plain());
    candidates.push_back(decimal->scientific());
  }
  for (const unsigned long base : {2UL, 10UL})
    if (const std::optional<long> k = logarithm(magnitude, base))
      candidates.push_back(std::to_string(base) + "^" + std::to_string(*k));
  if (denominator(magnitude) != 1)
    candidates.push_back(numerator(magnitude).str() + "/" + denominator(magnitude).str());
  else if (candidates.empty())
    candidates.push_back(numerator(magnitude).str());
  const std::string* shortest = &candidates.front();
  for (const std::string& text : candidates)
    if (text.size() < shortest->size()) shortest = &text;
  return value < 0 ? "-" + *shortest : *shortest;
}

}  // namespace escapement::numeric

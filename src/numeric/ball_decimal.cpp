// Enclosures as decimals of certain digits.
#include <algorithm>
#include <memory>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

namespace escapement::numeric {

namespace {

// sign 0.d1d2d3... * 10^point; Arb's text of an exact ball taken apart. The exponent may have any length.
struct Digits {
  bool negative = false;
  std::string digits;
  BigInt exponent;  // of the first digit

  static Digits of(const Ball& exact, int count) {
    std::string text = exact.mid_string(count);
    Digits result;
    if (text.front() == '-') {
      result.negative = true;
      text.erase(0, 1);
    }
    if (const std::size_t e = text.find('e'); e != std::string::npos) {
      const std::size_t start = text[e + 1] == '+' ? e + 2 : e + 1;
      result.exponent = BigInt(text.substr(start));
      text.resize(e);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    result.exponent += static_cast<long>(point) - 1;
    std::erase(text, '.');
    const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
    result.exponent -= static_cast<long>(zeros);
    result.digits = text.substr(zeros);
    return result;
  }

  // Ends in zeros to `count` digits, or is cut there.
  void fit(int count) { digits.resize(static_cast<std::size_t>(count), '0'); }

  // One more, or less, in the last digit.
  void step(int by) {
    const std::size_t count = digits.size();
    const BigInt last = BigInt(digits) + by;
    digits = last.str();
    if (digits.size() > count) {  // 9.99 -> 10.0
      digits.resize(count);
      ++exponent;
    } else if (digits.size() < count) {  // 1.00 -> 0.999, one digit finer
      digits = std::string(count, '9');
      --exponent;
    }
  }

  bool operator==(const Digits&) const = default;
};

std::string assembled(const Digits& number, bool trim, int plain_digits) {
  std::string digits = number.digits;
  if (trim) digits.resize(digits.find_last_not_of('0') + 1);
  const std::string sign = number.negative ? "-" : "";
  if (number.exponent < -4 || number.exponent >= plain_digits) {
    const std::string fraction = digits.size() > 1 ? "." + digits.substr(1) : "";
    return sign + digits.substr(0, 1) + fraction + "e" + number.exponent.str();
  }
  const long exponent = static_cast<long>(number.exponent);
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace

std::string decimal(const Ball& x, int digits) {
  if (!x.is_finite()) return "";
  if (arb_is_zero(x.raw())) return "0";
  if (x.is_exact()) {
    Digits all = Digits::of(x, digits);
    const std::string trimmed = assembled(all, true, digits);
    const std::optional<Exact> read = parse_exact(trimmed);
    all.fit(digits);
    return read && x.contains(*read) ? trimmed : assembled(all, false, digits);
  }
  if (x.contains_zero()) return "";
  // Relative accuracy bounds the digits that can be certain; the ends of the enclosure say which of them are.
  const long accurate = arb_rel_accuracy_bits(x.raw());
  int count = static_cast<int>(std::clamp(accurate * 302 / 1000 + 2, 1L, static_cast<long>(digits)));
  const WorkingPrecision precision(std::min(kMaxBits, accurate + 64 > 64 ? accurate + 64 : 64));
  const Ball low = x.lower(), high = x.upper();
  for (; count >= 1; --count) {
    Digits a = Digits::of(low, count), b = Digits::of(high, count);
    a.fit(count);
    b.fit(count);
    // A plain integer part must not be padded with zeros that nobody vouches for.
    if (a == b) return assembled(a, false, std::min(count, digits));
  }
  return "";
}

std::string decimal_bound(const Ball& x, int digits, Side side, const std::optional<Exact>& exact) {
  if (!x.is_finite()) return "";
  if (arb_is_zero(x.raw())) return "0";
  if (x.contains_zero()) return "";
  const bool below = side == Side::below;
  // Arb gives an exact ball an accuracy beyond every precision. The four bits for each digit are what decides there.
  const long accurate = std::clamp(arb_rel_accuracy_bits(x.raw()), 0L, 4096L);
  const WorkingPrecision precision(std::min(kMaxBits, accurate + 4L * digits + 64));
  const auto meets = [&](const std::string& text) {
    const std::optional<Exact> read = exact || x.is_exact() ? parse_exact(text) : std::nullopt;
    if (read && exact) return below ? *read <= *exact : *read >= *exact;
    if (read && x.contains(*read)) return true;  // an exact one: they are equal
    Ball printed;
    if (arb_set_str(printed.raw(), text.c_str(), working_bits()) != 0) return false;
    return (below ? less(printed, x) : less(x, printed)) == Truth::yes;
  };
  Digits number = Digits::of(below ? x.lower() : x.upper(), digits);
  number.fit(digits);
  constexpr int kTries = 4;  // Arb's last digit may be off by one
  for (int i = 0; i < kTries; ++i) {
    const std::string text = assembled(number, true, digits);
    if (meets(text)) return text;
    number.step(below ? -1 : 1);
  }
  return "";
}

}  // namespace escapement::numeric

#include "escapement/numeric/ball.h"

#include <array>
#include <memory>
#include <string_view>

#include "escapement/numeric/precision.h"

namespace escapement::numeric {

namespace {

using FlintString = std::unique_ptr<char, decltype(&flint_free)>;

std::string take(char* text) { return std::string(FlintString(text, &flint_free).get()); }

// -?[0-9a-f]+
bool is_hexadecimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Arb aborts on texts that arb_dump_str would not write; only these pass: mantissa and exponent of the midpoint and of
// the radius. The exponent of a zero mantissa tells infinities and NaN; a radius has at most 30 bits.
bool is_dump(std::string_view text) {
  std::array<std::string_view, 4> field;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t end = i < 3 ? text.find(' ') : text.size();
    if (end == std::string_view::npos) return false;
    field[i] = text.substr(0, end);
    text.remove_prefix(i < 3 ? end + 1 : end);
    if (!is_hexadecimal(field[i])) return false;
  }
  const auto& [mid, mid_exponent, radius, radius_exponent] = field;
  if (mid.front() == '-' ? mid[1] == '0' : mid.front() == '0')
    if (mid != "0" ||
        (mid_exponent != "0" && mid_exponent != "-1" && mid_exponent != "-2" && mid_exponent != "-3"))
      return false;
  if (radius == "0") return radius_exponent == "0" || radius_exponent == "-1";
  if (radius.front() == '-' || radius.front() == '0') return false;
  return radius.size() < 8 || (radius.size() == 8 && radius.front() <= '3');
}

}  // namespace

Ball Ball::dyadic(double exact_value) {
  Ball b;
  arb_set_d(b.value_, exact_value);
  return b;
}

Ball Ball::from(const Exact& exact_value) {
  Ball b;
  fmpq_t q;
  fmpq_init(q);
  fmpq_set_mpq(q, exact_value.backend().data());
  arb_set_fmpq(b.value_, q, working_bits());
  fmpq_clear(q);
  return b;
}

Ball& Ball::operator+=(const Ball& o) {
  arb_add(value_, value_, o.value_, working_bits());
  return *this;
}
Ball& Ball::operator-=(const Ball& o) {
  arb_sub(value_, value_, o.value_, working_bits());
  return *this;
}
Ball& Ball::operator*=(const Ball& o) {
  arb_mul(value_, value_, o.value_, working_bits());
  return *this;
}
Ball& Ball::operator/=(const Ball& o) {
  arb_div(value_, value_, o.value_, working_bits());
  return *this;
}
Ball Ball::operator-() const {
  Ball b;
  arb_neg(b.value_, value_);
  return b;
}

bool Ball::contains(const Exact& x) const {
  fmpq_t q;
  fmpq_init(q);
  fmpq_set_mpq(q, x.backend().data());
  const bool inside = arb_contains_fmpq(value_, q) != 0;
  fmpq_clear(q);
  return inside;
}

Ball Ball::mid() const {
  Ball b;
  arb_get_mid_arb(b.value_, value_);
  return b;
}

Ball Ball::radius() const {
  Ball b;
  arb_get_rad_arb(b.value_, value_);
  return b;
}

Ball Ball::lower() const {
  Ball b;
  arb_get_lbound_arf(arb_midref(b.value_), value_, working_bits());
  return b;
}

Ball Ball::upper() const {
  Ball b;
  arb_get_ubound_arf(arb_midref(b.value_), value_, working_bits());
  return b;
}

double Ball::mid_double() const { return arf_get_d(arb_midref(value_), ARF_RND_NEAR); }

std::string Ball::mid_string(int digits) const {
  const Ball m = mid();
  return take(arb_get_str(m.value_, digits, ARB_STR_NO_RADIUS | ARB_STR_MORE));
}

std::string Ball::radius_string() const {
  if (is_exact()) return "0";
  // Three digits rounded to nearest lose at most half a unit of the third: 1% more keeps it an upper bound.
  // At 64 bits whatever the working precision: at a few bits 101/100 is 1.
  Ball inflated = radius();
  arb_mul_ui(inflated.value_, inflated.value_, 101, 64);
  arb_div_ui(inflated.value_, inflated.value_, 100, 64);
  return take(arb_get_str(inflated.value_, 3, ARB_STR_NO_RADIUS | ARB_STR_MORE));
}

std::string Ball::dump() const { return take(arb_dump_str(value_)); }

bool Ball::undump(const std::string& text, Ball& out) {
  return is_dump(text) && arb_load_str(out.value_, text.c_str()) == 0;
}

Ball sqrt(const Ball& x) {
  Ball b;
  arb_sqrt(b.raw(), x.raw(), working_bits());
  return b;
}

Ball abs(const Ball& x) {
  Ball b;
  arb_abs(b.raw(), x.raw());
  return b;
}

Truth less(const Ball& a, const Ball& b) {
  if (arb_lt(a.raw(), b.raw())) return Truth::yes;
  return arb_ge(a.raw(), b.raw()) ? Truth::no : Truth::unknown;
}

Truth less_equal(const Ball& a, const Ball& b) {
  if (arb_le(a.raw(), b.raw())) return Truth::yes;
  return arb_gt(a.raw(), b.raw()) ? Truth::no : Truth::unknown;
}

}  // namespace escapement::numeric

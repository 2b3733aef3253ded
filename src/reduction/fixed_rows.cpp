#include "escapement/reduction/fixed_rows.h"

#include <algorithm>
#include <bit>
#include <istream>
#include <ostream>

#include "escapement/numeric/check.h"
#include "escapement/numeric/mutant.h"
#include "escapement/numeric/precision.h"
#include "escapement/numeric/text.h"

namespace escapement::reduction {

using numeric::Ball;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Vector;

namespace {

__extension__ using Wide = __int128;

// A row's leading bit stays within these bits of its top limb; a row that leaves is shifted to kHome.
constexpr slong kLowest = 32, kHome = 48, kHighest = 61;

std::size_t index(mp_size_t n) { return static_cast<std::size_t>(n); }

Limb sign_mask(const Limb* x, mp_size_t size) { return Limb{0} - (x[size - 1] >> 63); }

// sum [n + 2] += or -= w Y; w two's complement [n], Y [m limbs] with 64 (m - 1) fractional bits, whose products are cut.
void add_product_wide(Limb* sum, const Limb* w, mp_size_t n, const Limb* y, mp_size_t m, bool subtract,
                      Limb* scratch) {
  Limb* magnitude = scratch;
  Limb* product = scratch + n;  // [n + m]
  const bool negative = is_negative(w, n);
  if (negative)
    mpn_neg(magnitude, w, n);
  else
    std::copy_n(w, n, magnitude);
  mpn_mul(product, magnitude, n, y, m);
  const auto add = negative == subtract ? mpn_add : mpn_sub;
  add(sum, sum, n + 2, product + (m - 1), n + 1);
}

}  // namespace

bool FixedRows::can_hold(const Rows<Mp>& z) {
  const std::size_t size = z.rows() * z.stride();
  return std::all_of(z.data(), z.data() + size,
                     [](const arb_struct& x) { return is_moderate(arb_midref(&x)); });
}

FixedRows::FixedRows(const Rows<Mp>& z)
    : rows_(z.rows()),
      d_(z.d()),
      bits_(numeric::working_bits()),
      n_((bits_ + 126) / kLimbBits),
      w_(rows_ * d_ * index(n_ + 1)),
      unit_(rows_),
      top_(rows_),
      a_(rows_),
      p_(rows_),
      scratch_(index(5 * n_ + 8)) {
  ESCAPEMENT_CHECK(can_hold(z));
  get_second(z, a_);
  for (std::size_t i = 0; i < rows_; ++i) {
    const arb_struct* row = z.data() + i * z.stride();
    slong above = -2 * kMaxExponent;
    for (std::size_t j = 0; j < d_; ++j)
      if (!arf_is_zero(arb_midref(row + j))) above = std::max(above, exponent_above(arb_midref(row + j)));
    unit_[i] = above - (kLimbBits * n_ + kHome);
    for (std::size_t j = 0; j < d_; ++j) {
      take_magnitude(arb_midref(row + j), unit_[i], entry(i, j), n_ + 1);
      if (arf_sgn(arb_midref(row + j)) < 0) mpn_neg(entry(i, j), entry(i, j), n_ + 1);
    }
    note_top(i);
  }
}

void FixedRows::note_top(std::size_t i) {
  top_[i] = 0;
  for (std::size_t j = 0; j < d_; ++j) top_[i] |= entry(i, j)[n_] ^ sign_mask(entry(i, j), n_ + 1);
}

// The products of the lowest limb are below the error of the others' cut: left out.
const Vector<numeric::Mp>& FixedRows::multiply(const FixedInput& x) {
  Limb* sum = scratch_.data();  // [n + 2]
  for (std::size_t i = 0; i < rows_; ++i) {
    std::fill_n(sum, n_ + 2, Limb{0});
    if (x.limbs == 1) {
      Wide top = 0;  // two's complement of w < 0 is w + 2^(64 n): hence the corrections
      for (const std::size_t j : x.positive) {
        const Limb* w = entry(i, j) + 1;
        const Limb y = x.magnitude[j];
        top += mpn_addmul_1(sum, w, n_, y);
        top -= sign_mask(w, n_) & y;
      }
      for (const std::size_t j : x.negative) {
        const Limb* w = entry(i, j) + 1;
        const Limb y = x.magnitude[j];
        top -= mpn_submul_1(sum, w, n_, y);
        top += sign_mask(w, n_) & y;
      }
      sum[n_] = static_cast<Limb>(top);
      sum[n_ + 1] = static_cast<Limb>(top >> kLimbBits);
    } else {
      const auto add = [&](std::size_t j, bool subtract) {
        add_product_wide(sum, entry(i, j) + 1, n_, x.magnitude.data() + j * index(x.limbs), x.limbs, subtract,
                         scratch_.data() + n_ + 2);
      };
      for (const std::size_t j : x.positive) add(j, false);
      for (const std::size_t j : x.negative) add(j, true);
    }
    const bool negative = is_negative(sum, n_ + 2);
    if (negative) mpn_neg(sum, sum, n_ + 2);
    give_rounded(arb_midref(p_.data() + i), sum, n_ + 2, negative, unit_[i] + kLimbBits + x.exponent, bits_);
  }
  return p_;
}

void FixedRows::step(const FixedInput& x, const arf_struct* c) {
  const Limb* const y = x.magnitude.data();
  const mp_size_t m = x.limbs;
  Limb* moved = scratch_.data();  // [n] |c a_i| in units
  Limb* product = moved + n_;     // [n + m]
  arf_t ca;
  arf_init(ca);
  for (std::size_t i = 0; i < rows_ && !arf_is_zero(c); ++i) {
    arf_struct* a = arb_midref(a_.data() + i);
    arf_mul(ca, c, a, bits_, ARF_RND_NEAR);
    arf_submul(a, c, arb_midref(p_.data() + i), bits_, ARF_RND_NEAR);
    if (arf_is_zero(ca) || x.zero()) continue;
    const slong moved_length = exponent_above(ca) + x.exponent + (kLimbBits - 1) - unit_[i];
    make_room(i, moved_length);
    take_magnitude(ca, unit_[i] - x.exponent, moved, n_);
    Limb top = 0;
    const auto move = [&](const std::vector<std::size_t>& columns, bool subtract) {
      for (const std::size_t j : columns) {
        Limb* w = entry(i, j);
        if (m == 1) {
          if (subtract)
            w[n_] -= mpn_submul_1(w, moved, n_, y[j]);
          else
            w[n_] += mpn_addmul_1(w, moved, n_, y[j]);
        } else {
          mpn_mul(product, moved, n_, y + j * index(m), m);
          (subtract ? mpn_sub_n : mpn_add_n)(w, w, product + (m - 1), n_ + 1);
        }
        top |= w[n_] ^ sign_mask(w, n_ + 1);
      }
    };
    const bool positive = arf_sgn(ca) > 0;
    move(x.positive, positive);
    move(x.negative, mutated(Mutant::fixed_sign) ? positive : !positive);
    top_[i] = top;
    if (!x.dense(d_)) note_top(i);
  }
  arf_clear(ca);
}

slong FixedRows::row_length(std::size_t i) const {
  std::vector<Limb> magnitude(index(n_ + 1));
  slong length = 0;
  for (std::size_t j = 0; j < d_; ++j) {
    if (is_negative(entry(i, j), n_ + 1))
      mpn_neg(magnitude.data(), entry(i, j), n_ + 1);
    else
      std::copy_n(entry(i, j), n_ + 1, magnitude.data());
    length = std::max(length, length_in_bits(magnitude.data(), n_ + 1));
  }
  return length;
}

// Shifts the row where it needs it before it moves by less than 2^moved units. Depends on the rows and the step alone,
// never on where a trajectory was cut.
void FixedRows::make_room(std::size_t i, slong moved) {
  const slong base = kLimbBits * n_;
  if (top_[i] != 0) {
    const slong length = std::max(base + kLimbBits - std::countl_zero(top_[i]), moved) + 1;
    if (length >= base + kLowest && length <= base + kHighest) return;
  }
  const slong length = row_length(i);
  const slong needed = (length == 0 ? moved : std::max(length, moved)) + 1;
  shift_row(i, base + kHome - needed);
}

void FixedRows::shift_row(std::size_t i, slong up) {
  const mp_size_t size = n_ + 1;
  unit_[i] -= up;
  arf_t value;
  arf_init(value);
  for (std::size_t j = 0; j < d_; ++j) {
    Limb* w = entry(i, j);
    const bool negative = is_negative(w, size);
    if (negative) mpn_neg(w, w, size);
    give_rounded(value, w, size, false, 0, kLimbBits * size);
    take_magnitude(value, -up, w, size);
    if (negative) mpn_neg(w, w, size);
  }
  arf_clear(value);
  note_top(i);
}

void FixedRows::give(std::size_t i, std::size_t j, slong bits, arf_struct* out) const {
  std::vector<Limb> magnitude(entry(i, j), entry(i, j) + n_ + 1);
  const bool negative = is_negative(magnitude.data(), n_ + 1);
  if (negative) mpn_neg(magnitude.data(), magnitude.data(), n_ + 1);
  give_rounded(out, magnitude.data(), n_ + 1, negative, unit_[i], bits);
}

void FixedRows::read(Rows<Mp>& out) const {
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j < d_; ++j) give(i, j, bits_, arb_midref(out.data() + i * out.stride() + j));
  set_second(out, a_);
}

void FixedRows::save(std::ostream& out) const {
  Ball value;
  write_vector(out, a_);
  for (std::size_t i = 0; i < rows_; ++i) {
    out << unit_[i] << '\n';
    for (std::size_t j = 0; j < d_; ++j) {
      give(i, j, kLimbBits * (n_ + 1), arb_midref(value.raw()));
      numeric::write_scalar(out, value);
    }
  }
}

bool FixedRows::load(std::istream& in) {
  if (!read_vector(in, a_)) return false;
  for (std::size_t i = 0; i < rows_; ++i)
    if (!is_moderate(arb_midref(a_.data() + i))) return false;
  std::string line;
  Ball value;
  for (std::size_t i = 0; i < rows_; ++i) {
    if (!std::getline(in, line)) return false;
    unit_[i] = std::strtol(line.c_str(), nullptr, 10);
    if (unit_[i] < -8 * kMaxExponent || unit_[i] > kMaxExponent) return false;
    for (std::size_t j = 0; j < d_; ++j) {
      if (!numeric::read_scalar(in, value) || !value.is_exact()) return false;
      const arf_struct* x = arb_midref(value.raw());
      if (!is_moderate(x)) return false;
      if (!arf_is_zero(x) && exponent_above(x) - unit_[i] > kLimbBits * n_ + kHighest) return false;
      if (!take_magnitude(x, unit_[i], entry(i, j), n_ + 1)) return false;
      if (arf_sgn(x) < 0) mpn_neg(entry(i, j), entry(i, j), n_ + 1);
    }
    note_top(i);
  }
  return true;
}

}  // namespace escapement::reduction

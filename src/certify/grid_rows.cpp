#include "escapement/certify/grid_rows.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/check.h"

namespace escapement::certify {

using numeric::Ball;
using numeric::Rows;
using numeric::Vector;

namespace {

auto raw(BigInt& x) { return x.backend().data(); }
auto raw(const BigInt& x) { return x.backend().data(); }

// floor(mid 2^bits).
void take_floor(BigInt& out, arb_srcptr x, long bits) {
  arf_t scaled;
  fmpz_t integer;
  arf_init(scaled);
  fmpz_init(integer);
  arf_mul_2exp_si(scaled, arb_midref(x), bits);
  arf_get_fmpz(integer, scaled, ARF_RND_FLOOR);
  fmpz_get_mpz(raw(out), integer);
  fmpz_clear(integer);
  arf_clear(scaled);
}

bool is_multiple(arb_srcptr x, long bits) {
  return arb_is_exact(x) != 0 && arf_is_int_2exp_si(arb_midref(x), -bits) != 0;
}

double as_double(const BigInt& n, long exponent) {
  long own = 0;
  const double mantissa = mpz_get_d_2exp(&own, raw(n));
  return std::ldexp(mantissa, static_cast<int>(std::clamp(own + exponent, -2000L, 2000L)));
}

Ball exact_ball(const BigInt& n, long exponent) {
  Ball result;
  fmpz_t integer;
  fmpz_init_set_readonly(integer, raw(n));
  arb_set_fmpz(result.raw(), integer);
  fmpz_clear_readonly(integer);
  arb_mul_2exp_si(result.raw(), result.raw(), exponent);
  return result;
}

}  // namespace

void GridInput::set(const Vector<Ball>& from, long input_bits) {
  x.resize(from.size());
  norm = error = Bound();
  for (std::size_t j = 0; j < x.size(); ++j) {
    const auto entry = from.data() + j;
    take_floor(x[j], entry, input_bits);
    const Bound size = Bound::of(x[j], -input_bits);
    norm += size * size;
    if (is_multiple(entry, input_bits)) continue;
    const Bound off = Bound::radius_of(entry) + Bound::power_of_two(-input_bits);
    error += off * off;
  }
  norm = sqrt(norm);
  error = sqrt(error);
}

GridRows::GridRows(std::size_t rows, std::size_t d, long bits, long input_bits)
    : rows_(rows), d_(d), bits_(bits), input_bits_(input_bits), w_(rows * d), a_(rows), p_(rows) {}

Bound GridRows::set(const Rows<Ball>& z) {
  ESCAPEMENT_CHECK(z.rows() == rows_ && z.d() == d_);
  Bound squares;
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j <= d_; ++j) {
      const Ball entry = z.get(i, j);
      const long unit = j < d_ ? bits_ + input_bits_ : bits_;
      take_floor(j < d_ ? w(i, j) : a_[i], entry.raw(), unit);
      if (is_multiple(entry.raw(), unit)) continue;
      const Bound off = Bound::radius_of(entry.raw()) + Bound::power_of_two(-unit);
      squares += off * off;
    }
  return sqrt(squares);
}

void GridRows::get(Rows<Ball>& out) const {
  for (std::size_t i = 0; i < rows_; ++i) {
    for (std::size_t j = 0; j < d_; ++j) out.set(i, j, exact_ball(w(i, j), -(bits_ + input_bits_)));
    out.set(i, d_, exact_ball(a_[i], -bits_));
  }
}

void GridRows::multiply(const GridInput& x) {
  for (std::size_t i = 0; i < rows_; ++i) {
    p_[i] = 0;
    for (std::size_t j = 0; j < d_; ++j) mpz_addmul(raw(p_[i]), raw(w(i, j)), raw(x.x[j]));
  }
}

Ball GridRows::output() const {
  BigInt sum;
  for (std::size_t i = 0; i < rows_; ++i) mpz_addmul(raw(sum), raw(a_[i]), raw(p_[i]));
  return exact_ball(sum, -2 * (bits_ + input_bits_));
}

Bound GridRows::direction(const GridInput& x) const {
  Bound squares;
  for (std::size_t i = 0; i < rows_; ++i) {
    const Bound p = Bound::of(p_[i], -(bits_ + 2 * input_bits_));
    squares += p * p;
  }
  const Bound a = second_norm() * x.norm;
  return sqrt(squares + a * a);
}

BigInt GridRows::coefficient(const Ball& c) const {
  BigInt result;
  take_floor(result, c.raw(), bits_);
  return result;
}

Bound GridRows::step(const GridInput& x, const BigInt& c) {
  for (std::size_t i = 0; i < rows_; ++i) {
    mpz_mul(raw(scratch_), raw(c), raw(a_[i]));
    mpz_fdiv_q_2exp(raw(scratch_), raw(scratch_), static_cast<mp_bitcnt_t>(bits_));
    for (std::size_t j = 0; j < d_; ++j) mpz_submul(raw(w(i, j)), raw(scratch_), raw(x.x[j]));
    mpz_mul(raw(scratch_), raw(c), raw(p_[i]));
    mpz_fdiv_q_2exp(raw(scratch_), raw(scratch_), static_cast<mp_bitcnt_t>(bits_ + 2 * input_bits_));
    mpz_sub(raw(a_[i]), raw(a_[i]), raw(scratch_));
  }
  return Bound::power_of_two(-bits_) * sqrt(Bound::integer(rows_)) * (Bound::integer(1) + x.norm);
}

// Cut to 53 bits; what underflows is far below the error that Tangent::apply allows for.
void GridRows::describe(const GridInput& x, const BigInt& c, TangentStep& step) const {
  const auto fill = [](std::vector<double>& out, const std::vector<BigInt>& from, long exponent) {
    out.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) out[i] = as_double(from[i], exponent);
  };
  fill(step.x, x.x, -input_bits_);
  fill(step.a, a_, -bits_);
  fill(step.p, p_, -(bits_ + 2 * input_bits_));
  step.c = as_double(c, -bits_);
}

Bound GridRows::norm() const {
  Bound squares = second_norm();
  squares *= squares;
  for (const BigInt& entry : w_) {
    const Bound size = Bound::of(entry, -(bits_ + input_bits_));
    squares += size * size;
  }
  return sqrt(squares);
}

Bound GridRows::second_norm() const {
  Bound squares;
  for (const BigInt& entry : a_) {
    const Bound size = Bound::of(entry, -bits_);
    squares += size * size;
  }
  return sqrt(squares);
}

Bound GridRows::column_norm(std::size_t j) const {
  Bound squares;
  for (std::size_t i = 0; i < rows_; ++i) {
    const Bound size = Bound::of(w(i, j), -(bits_ + input_bits_));
    squares += size * size;
  }
  return sqrt(squares);
}

Ball GridRows::product_with_second(std::size_t j) const {
  BigInt sum;
  for (std::size_t i = 0; i < rows_; ++i) mpz_addmul(raw(sum), raw(w(i, j)), raw(a_[i]));
  return exact_ball(sum, -(2 * bits_ + input_bits_));
}

}  // namespace escapement::certify

#include "escapement/certify/fixed_interval.h"

#include <algorithm>

namespace escapement::certify {

namespace {

BigInt floor_quotient(const BigInt& a, const BigInt& b) {
  BigInt q;
  mpz_fdiv_q(q.backend().data(), a.backend().data(), b.backend().data());
  return q;
}

BigInt ceiling_quotient(const BigInt& a, const BigInt& b) {
  BigInt q;
  mpz_cdiv_q(q.backend().data(), a.backend().data(), b.backend().data());
  return q;
}

BigInt raised(const BigInt& a, unsigned bits) {
  BigInt r;
  mpz_mul_2exp(r.backend().data(), a.backend().data(), bits);
  return r;
}

BigInt root_below(const BigInt& z) { return z.sign() <= 0 ? BigInt(0) : BigInt(sqrt(z)); }
BigInt root_above(const BigInt& z) { return z.sign() <= 0 ? BigInt(0) : BigInt(root_below(z - 1) + 1); }

FixedInterval product(const FixedInterval& i, const FixedInterval& j) {
  const BigInt a = i.low * j.low, b = i.low * j.high, c = i.high * j.low, e = i.high * j.high;
  return {std::min(std::min(a, b), std::min(c, e)), std::max(std::max(a, b), std::max(c, e))};
}

FixedInterval exact_square(const FixedInterval& i) {
  const FixedInterval m = magnitude(i);
  return {m.low * m.low, m.high * m.high};
}

constexpr unsigned kWidest = 8, kLargest = 32;  // 2^8, 2^32

}  // namespace

FixedInterval operator+(const FixedInterval& i, const FixedInterval& j) {
  return {i.low + j.low, i.high + j.high};
}
FixedInterval operator-(const FixedInterval& i, const FixedInterval& j) {
  return {i.low - j.high, i.high - j.low};
}
FixedInterval operator-(const FixedInterval& i) { return {-i.high, -i.low}; }
FixedInterval scaled(const BigInt& factor, const FixedInterval& i) { return product({factor, factor}, i); }

FixedInterval magnitude(const FixedInterval& i) {
  if (i.low >= 0) return i;
  if (i.high <= 0) return -i;
  return {0, std::max(BigInt(-i.low), i.high)};
}

FixedInterval shared(const BigInt& parts, const FixedInterval& i) {
  return {floor_quotient(i.low, parts), ceiling_quotient(i.high, parts)};
}

bool below(const FixedInterval& i, const FixedInterval& j) { return i.high < j.low; }
bool at_most(const FixedInterval& i, const FixedInterval& j) { return i.high <= j.low; }

FixedInterval FixedGrid::integer(const BigInt& z) const {
  const BigInt end = raised(z, bits_);
  return {end, end};
}

FixedInterval FixedGrid::between(const Exact& low, const Exact& high) const {
  return {floor_quotient(raised(BigInt(numerator(low)), bits_), BigInt(denominator(low))),
          ceiling_quotient(raised(BigInt(numerator(high)), bits_), BigInt(denominator(high)))};
}

FixedVector FixedGrid::exact(const std::vector<Exact>& x) const {
  FixedVector all;
  for (const Exact& entry : x) all.push_back(exact(entry));
  return all;
}

FixedInterval FixedGrid::rounded(const FixedInterval& i) const {
  FixedInterval r;
  mpz_fdiv_q_2exp(r.low.backend().data(), i.low.backend().data(), bits_);
  mpz_cdiv_q_2exp(r.high.backend().data(), i.high.backend().data(), bits_);
  return r;
}

FixedInterval FixedGrid::times(const FixedInterval& i, const FixedInterval& j) const {
  return rounded(product(i, j));
}

FixedInterval FixedGrid::square(const FixedInterval& i) const { return rounded(exact_square(i)); }

FixedInterval FixedGrid::dot(const FixedVector& u, const FixedVector& v) const {
  FixedInterval sum{0, 0};
  for (std::size_t k = 0; k < u.size(); ++k) sum = sum + product(u[k], v[k]);
  return rounded(sum);
}

FixedInterval FixedGrid::squares(const FixedVector& u) const {
  FixedInterval sum{0, 0};
  for (const FixedInterval& i : u) sum = sum + exact_square(i);
  return rounded(sum);
}

FixedVector FixedGrid::combination(std::size_t d, const FixedVector& c,
                                   const std::vector<FixedVector>& x) const {
  FixedVector sum(d, FixedInterval{0, 0});
  for (std::size_t l = 0; l < c.size(); ++l)
    for (std::size_t k = 0; k < d; ++k) sum[k] = sum[k] + product(c[l], x[l][k]);
  for (FixedInterval& i : sum) i = rounded(i);
  return sum;
}

FixedInterval FixedGrid::root(const FixedInterval& i) const {
  return {root_below(raised(i.low, bits_)), root_above(raised(i.high, bits_))};
}

std::optional<FixedInterval> FixedGrid::quotient(const FixedInterval& i, const FixedInterval& j) const {
  if (!positive(j)) return std::nullopt;
  return FixedInterval{floor_quotient(raised(i.low, bits_), i.low >= 0 ? j.high : j.low),
                       ceiling_quotient(raised(i.high, bits_), i.high >= 0 ? j.low : j.high)};
}

std::optional<FixedInterval> FixedGrid::logarithm(const FixedInterval& i) const {
  // A third of the bits balances what rounding and what 1 - 1/z lose.
  const unsigned depth = bits_ / 3;
  FixedInterval z = i;
  for (unsigned k = 0; k < depth; ++k) z = root(z);
  const std::optional<FixedInterval> inverse = quotient(integer(1), z);
  if (!inverse) return std::nullopt;
  return FixedInterval{raised((integer(1) - *inverse).low, depth), raised((z - integer(1)).high, depth)};
}

bool FixedGrid::calm(const FixedInterval& i) const {
  return i.high - i.low <= raised(BigInt(1), bits_ + kWidest) &&
         abs(i.low) <= raised(BigInt(1), bits_ + kLargest);
}

}  // namespace escapement::certify

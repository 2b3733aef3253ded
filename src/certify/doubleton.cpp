#include "escapement/certify/doubleton.h"

#include <algorithm>
#include <istream>
#include <ostream>

#include "escapement/numeric/text.h"

namespace escapement::certify {

namespace {

constexpr std::uint64_t kSteps = 32;  // between sharp norms of J

Bound lesser(const Bound& a, const Bound& b) { return a < b ? a : b; }

}  // namespace

Doubleton::Doubleton(std::size_t rows, std::size_t d, const Bound& error) : j_(rows, d), base_(error) {}

void Doubleton::restart(const Bound& error) {
  j_.reset();
  base_ = error;
  rest_ = Bound();
  age_ = 0;
}

Bound Doubleton::advance(const TangentStep& step, const Bound& linear, const Bound& extra,
                         const Bound& plain) {
  rest_ = linear * rest_ + extra + j_.apply(step) * base_;
  Bound best = lesser(plain, j_.frobenius() * base_ + rest_);
  if (++age_ % kSteps != 0) return best;
  const Bound moved = j_.spectral() * base_;
  best = lesser(best, moved + rest_);
  if (!(rest_ * Bound::integer(8) < moved)) restart(best);
  return best;
}

void Doubleton::save(std::ostream& out) const {
  numeric::write_scalar(out, base_.ball());
  numeric::write_scalar(out, rest_.ball());
  out << age_ << '\n';
  for (const double x : j_.entries()) numeric::write_scalar(out, x);
}

bool Doubleton::load(std::istream& in) {
  numeric::Ball base, rest;
  std::string line;
  if (!numeric::read_scalar(in, base) || !numeric::read_scalar(in, rest) || !std::getline(in, line))
    return false;
  base_ = Bound::of(base);
  rest_ = Bound::of(rest);
  age_ = std::strtoull(line.c_str(), nullptr, 10);
  for (double& x : j_.entries())
    if (!numeric::read_scalar(in, x)) return false;
  return true;
}

}  // namespace escapement::certify

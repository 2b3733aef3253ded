#include "escapement/certify/certificate_quantities.h"

namespace escapement::certify {

namespace {

constexpr int kEscape = 384;
// Around pi, as in Quantities.v.
const Exact kBelowPi{333, 106}, kAbovePi{355, 113};

}  // namespace

CertificateQuantities::CertificateQuantities(const EnclosedRun& run)
    : run_(run), grid_(run.grid()), m_(run.certificate().start.size()), target_norm_(norm(run.target())) {}

Enclosed CertificateQuantities::log_inverse_eta() const {
  const Enclosed inverse = grid_.quotient(grid_.integer(1), run_.eta());
  return inverse ? grid_.logarithm(*inverse) : std::nullopt;
}

Enclosed CertificateQuantities::escape_time() const {
  const Enclosed log = grid_.logarithm(grid_.integer(m_));
  if (!log) return std::nullopt;
  return grid_.quotient(scaled(kEscape, grid_.root(*log)),
                        grid_.times(grid_.times(grid_.square(run_.sigma()), grid_.square(run_.eta())),
                                    grid_.root(grid_.integer(m_))));
}

Enclosed CertificateQuantities::sign_exceptions() const {
  const FixedInterval d = grid_.integer(run_.target().size()), m = grid_.integer(m_);
  const Enclosed rho =
      grid_.quotient(scaled(2, grid_.root(d)), grid_.root(grid_.between(kBelowPi, kAbovePi)));
  return rho ? grid_.quotient(*rho, grid_.root(grid_.root(grid_.root(m)))) : std::nullopt;
}

bool CertificateQuantities::is_step_count(const Enclosed& time) const {
  const BigInt steps = run_.certificate().steps;
  return time && below(grid_.integer(steps - 1), *time) && at_most(*time, grid_.integer(steps));
}

FixedInterval CertificateQuantities::overlap(const FixedNeuron& z) const {
  return magnitude(grid_.dot(run_.target(), z.w));
}

FixedInterval CertificateQuantities::norm_product(const FixedNeuron& z) const {
  return grid_.times(target_norm_, norm(z.w));
}

FixedInterval CertificateQuantities::delta_w(const CertificateEvent& event, const FixedNetwork& s,
                                             std::size_t i) const {
  const FixedVector& x = run_.input(event.sample);
  return -grid_.times(
      grid_.square(run_.residual(event, s)),
      grid_.square(grid_.dot(x, s[i].w)) - grid_.times(grid_.square(s[i].a), grid_.squares(x)));
}

std::uint64_t CertificateQuantities::count_above(const FixedInterval& bound, const FixedNetwork& s,
                                                 std::size_t i) const {
  std::uint64_t count = 0;
  for (std::uint32_t l = 0; l < run_.certificate().inputs.size(); ++l)
    for (const int sign : {1, -1})
      if (below(bound, delta_w({l, static_cast<std::int8_t>(sign)}, s, i))) ++count;
  return count;
}

FixedInterval CertificateQuantities::mean(const FixedVector& l) const {
  FixedInterval sum{0, 0};
  for (const FixedInterval& i : l) sum = sum + i;
  return shared(m_, sum);
}

FixedInterval CertificateQuantities::mean_square(const FixedNetwork& s) const {
  FixedVector all;
  for (const FixedNeuron& z : s) all.push_back(grid_.squares(z.w));
  return mean(all);
}

FixedInterval CertificateQuantities::mean_norm(const FixedNetwork& s) const {
  FixedVector all;
  for (const FixedNeuron& z : s) all.push_back(norm(z.w));
  return mean(all);
}

Enclosed CertificateQuantities::mean_cosine(const FixedNetwork& s) const {
  FixedVector all;
  for (const FixedNeuron& z : s) {
    const Enclosed cosine = grid_.quotient(overlap(z), norm_product(z));
    if (!cosine) return std::nullopt;
    all.push_back(*cosine);
  }
  return mean(all);
}

}  // namespace escapement::certify

// What claims compare, enclosed: norms, times, cosines, DeltaW; as in proofs_check/checker/Quantities.v.
#pragma once

#include "escapement/certify/enclosed_run.h"

namespace escapement::certify {

using Enclosed = std::optional<FixedInterval>;  // nothing where a divisor may be 0

class CertificateQuantities {
 public:
  explicit CertificateQuantities(const EnclosedRun& run);

  FixedInterval norm(const FixedVector& u) const { return grid_.root(grid_.squares(u)); }
  const FixedInterval& target_norm() const { return target_norm_; }
  Enclosed log_inverse_eta() const;  // ln(1/eta)
  Enclosed escape_time() const;      // T1 = 384 sqrt(ln m)/(sigma^2 eta^2 sqrt m)
  Enclosed sign_exceptions() const;  // 2 sqrt d/sqrt pi/m^(1/8), of Lemma 4.3
  // The steps are the time, rounded up: the first step at or after it.
  bool is_step_count(const Enclosed& time) const;

  FixedInterval overlap(const FixedNeuron& z) const;       // |<theta*, w>|
  FixedInterval norm_product(const FixedNeuron& z) const;  // |theta*| |w|
  FixedInterval delta_w(const CertificateEvent& event, const FixedNetwork& s, std::size_t i) const;
  // Of the 2n events: how many have DeltaW above the bound for certain.
  std::uint64_t count_above(const FixedInterval& bound, const FixedNetwork& s, std::size_t i) const;

  FixedInterval mean_square(const FixedNetwork& s) const;
  FixedInterval mean_norm(const FixedNetwork& s) const;
  Enclosed mean_cosine(const FixedNetwork& s) const;

 private:
  FixedInterval mean(const FixedVector& l) const;

  const EnclosedRun& run_;
  const FixedGrid& grid_;
  std::size_t m_;
  FixedInterval target_norm_;
};

}  // namespace escapement::certify

// The enclosed run of a certificate: every start in the box, step by step, as proofs_check/checker/Steps.v and Run.v have it.
#pragma once

#include <functional>

#include "escapement/certify/certificate.h"
#include "escapement/certify/fixed_interval.h"

namespace escapement::certify {

struct FixedNeuron {
  FixedVector w;  // [d]
  FixedInterval a;
  bool operator==(const FixedNeuron&) const = default;
};
using FixedNetwork = std::vector<FixedNeuron>;  // [m]

class EnclosedRun {
 public:
  // Keeps a reference. The certificate is well formed (certificate_check.h).
  explicit EnclosedRun(const Certificate& certificate);

  const FixedGrid& grid() const { return grid_; }
  const Certificate& certificate() const { return c_; }
  const FixedInterval& eta() const { return eta_; }
  const FixedInterval& sigma() const { return sigma_; }
  const FixedVector& target() const { return target_; }  // theta*
  const FixedVector& input(std::size_t l) const { return inputs_[l]; }

  FixedNetwork start() const;
  FixedVector error(const FixedNetwork& s) const;  // theta - theta*
  FixedInterval residual(const CertificateEvent& event, const FixedNetwork& s) const;

  // All steps. `along` is asked at every state but the last. Nothing where an enclosure grew too wide, a SAM step may have
  // no direction, or `along` said no; then `stopped` is the step and the reason.
  std::optional<FixedNetwork> end(const std::function<bool(const FixedNetwork&)>& along,
                                  std::string& stopped) const;

 private:
  FixedVector force(const CertificateEvent& event, const FixedNetwork& s) const;
  FixedVector mean_gradient(const FixedNetwork& s) const;
  FixedInterval gradient_norm(const FixedVector& q, const FixedNetwork& s) const;
  // w_i + k a'_i q and a_i + k <w'_i, q>, where the primed network gives the direction.
  FixedNetwork moved(const FixedInterval& k, const FixedVector& q, const FixedNetwork& direction,
                     const FixedNetwork& s) const;
  void set_layer(const std::vector<std::int8_t>& layer, FixedNetwork& s) const;
  std::optional<FixedNetwork> step(std::uint64_t t, const FixedNetwork& s) const;
  bool calm(const FixedNetwork& s) const;

  const Certificate& c_;
  FixedGrid grid_;
  FixedInterval eta_, sigma_;
  FixedVector target_;
  std::vector<FixedVector> inputs_;
};

}  // namespace escapement::certify

// From an instance that is given explicitly (an instance file, a stored counterexample) to a certificate.
#pragma once

#include "escapement/certify/certificate.h"
#include "escapement/model/instance.h"

namespace escapement::certify {

struct CertificateClaim {
  std::string statement, clause, reading;  // as `escapement check` names them
  Exact constant = 1;                      // put for the constant that O(.) hides
  Exact kappa = 0;                         // of the non-degenerate readings, with its neuron
  std::uint64_t active = 0;
};

// The instance's run of config.steps steps, held against the claim; a claim about a step (oscillation-identity, lemma-4.3
// 2b) is about the last one. Neuron 0 and 64 bits: completed() finds others. `box` widens every weight of the start to both
// sides. Throws config::InputError where no certificate can say it: another claim or method, a start or driving sequence
// that is generated and not given, batches, noise other than +-sigma, the loss `square`.
Certificate certificate_of(const model::Instance& instance, const CertificateClaim& claim,
                           const Exact& box = 0);

}  // namespace escapement::certify

// Certificate: a counterexample as exact numbers, in a form that a checker proved sound in Coq can run again
// (proofs_check/README.md). Everything that the run depends on is a value; nothing in it was computed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::certify {

using numeric::Exact;

enum class CertificateMethod { label_noise_sgd, gradient_descent, sam, oscillation };

struct CertificateRange {
  Exact low, high;
  bool operator==(const CertificateRange&) const = default;
};

struct CertificateEvent {
  std::uint32_t sample = 0;
  std::int8_t sign = 1;  // of the label noise: eps = sign sigma
  bool operator==(const CertificateEvent&) const = default;
};

struct Certificate {
  std::string statement, clause, reading;  // as `escapement check` names them
  std::uint64_t neuron = 0;                // where the claim is about one
  Exact constant = 1;                      // put for the constant that O(.) hides, where it hides one
  Exact kappa = 0;                         // non-degenerate readings: a_i <w_i, theta*> >= kappa eta
  std::uint64_t active = 0;                // for this neuron i

  unsigned bits = 64;  // of the checker's arithmetic, below the binary point
  CertificateMethod method = CertificateMethod::label_noise_sgd;
  std::uint64_t steps = 0;
  Exact eta = 1, sigma = 0, rho = 0, amplitude = 0;  // each where the method has it
  std::vector<Exact> theta_star;                     // [d]
  std::vector<std::vector<Exact>> inputs;  // [n x d]; n = 0 is the population, covariance the identity
  std::vector<std::vector<CertificateRange>> start;  // [m x (d+1)], (w_i, a_i)
  std::vector<CertificateEvent> events;              // label noise and SAM, one a step
  std::vector<std::vector<std::int8_t>>
      layers;  // oscillation: [(steps+1) x m], a_i = amplitude times -1, 0, 1

  bool operator==(const Certificate&) const = default;
};

// What a claim's certificate has to name beside the run.
struct ClaimForm {
  std::string statement, clause;
  std::vector<std::string> readings;
  CertificateMethod method;
  bool neuron, constant;
  bool next_event;  // the claim is about the step after the last: one event more
};

const std::vector<ClaimForm>& claim_forms();
// Null where no certificate can violate this claim (a theorem, or a statement that no single run decides).
const ClaimForm* find_claim_form(const std::string& statement, const std::string& clause,
                                 const std::string& reading);

inline constexpr unsigned kMostCertificateBits = 1U << 20;

bool is_non_degenerate(const std::string& reading);
std::string to_string(CertificateMethod method);  // as in the file

}  // namespace escapement::certify

// What has to be true for the numbers of a certificate to be a problem of the paper at all; `well_formed` of
// proofs_check/checker/Certificate.v.
#include <algorithm>

#include <fmt/format.h>

#include "escapement/certify/certificate_check.h"

namespace escapement::certify {

namespace {

bool chain_follows(const std::vector<std::int8_t>& now, const std::vector<std::int8_t>& next) {
  for (std::size_t i = 0; i < now.size(); ++i)
    if ((now[i] != 0) != (next[i] == 0)) return false;
  return true;
}

std::string wrong_chain(const Certificate& c) {
  if (c.amplitude <= 0) return "the amplitude is not positive";
  if (c.layers.size() != c.steps + 1) return "there is not one layer for each step and the start";
  for (std::size_t t = 0; t < c.layers.size(); ++t) {
    if (c.layers[t].size() != c.start.size()) return fmt::format("layer {} is not of length m", t);
    if (t > 0 && !chain_follows(c.layers[t - 1], c.layers[t]))
      return fmt::format("the chain does not go from layer {} to layer {}", t - 1, t);
  }
  for (std::size_t i = 0; i < c.start.size(); ++i) {
    const Exact a = c.amplitude * Exact(c.layers.front()[i]);
    if (c.start[i].back() != CertificateRange{a, a})
      return fmt::format("the second layer of neuron {} does not start at layer 0", i);
  }
  return {};
}

std::string wrong_events(const Certificate& c, const ClaimForm& form) {
  if (c.events.size() < c.steps + (form.next_event ? 1 : 0)) return "there are too few events";
  for (const CertificateEvent& e : c.events)
    if (e.sample >= c.inputs.size()) return fmt::format("there is no sample {}", e.sample);
  return {};
}

// The signs and ranges that the paper gives its symbols, and those without which a statement says nothing: `constants_ok`.
std::string wrong_constants(const Certificate& c) {
  if (c.eta >= 1) return "the step size is not below 1";
  Exact square = 0;  // |theta*|^2
  for (const Exact& t : c.theta_star) square += t * t;
  const bool alignment = c.statement == "lemma-4.5", phase_two = alignment || c.statement == "lemma-4.6";
  const bool sam = c.statement == "sam-phases", escape = c.statement == "theorem-4.2";
  if (c.method == CertificateMethod::label_noise_sgd && c.sigma <= 0)
    return "the noise level is not positive";
  if (escape || c.statement == "lemma-4.3") {
    if (c.start.size() < 2) return "T1 is no time at width 1";
    if (square * square * Exact(c.start.size()) > 1) return "|theta*| is above m^(-1/4) (A4)";
  }
  if ((phase_two || sam || c.method == CertificateMethod::oscillation) && square == 0)
    return "theta* is zero";
  if ((phase_two || sam) && c.clause != "1" && c.theta_star.size() < 2)
    return "every direction is aligned in one dimension";
  if (find_claim_form(c.statement, c.clause, c.reading)->constant && c.constant <= 0)
    return "the constant is not positive";
  if ((phase_two || sam || escape) && c.steps < 1) return "the horizon is 0";
  if (is_non_degenerate(c.reading) && c.kappa <= 0) return "kappa is not positive";
  return {};
}

}  // namespace

std::string malformation(const Certificate& c) {
  const ClaimForm* form = find_claim_form(c.statement, c.clause, c.reading);
  if (form == nullptr) return "no certificate can violate this claim";
  if (c.method != form->method) return "the claim is about " + to_string(form->method);
  if (c.bits < 1 || c.theta_star.empty() || c.start.empty()) return "bits, d and m must be at least 1";
  if (c.eta <= 0) return "the step size is not positive";
  if (const std::string wrong = wrong_constants(c); !wrong.empty()) return wrong;
  if (form->neuron && c.neuron >= c.start.size()) return fmt::format("there is no neuron {}", c.neuron);
  for (const std::vector<Exact>& x : c.inputs)
    if (x.size() != c.theta_star.size()) return "an input is not of length d";
  for (const std::vector<CertificateRange>& row : c.start) {
    if (row.size() != c.theta_star.size() + 1) return "a neuron is not of length d + 1";
    for (const CertificateRange& r : row)
      if (r.low > r.high) return "an empty range of starts";
  }
  switch (c.method) {
    case CertificateMethod::label_noise_sgd:
      return c.sigma < 0 ? "the noise level is negative" : wrong_events(c, *form);
    case CertificateMethod::sam:
      if (c.rho <= 0 || c.sigma < 0) return "the radius is not positive, or the noise level negative";
      return wrong_events(c, *form);
    case CertificateMethod::gradient_descent: return {};
    case CertificateMethod::oscillation: return wrong_chain(c);
  }
  return {};
}

}  // namespace escapement::certify

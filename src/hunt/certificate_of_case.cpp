#include "escapement/hunt/certificate_of_case.h"

#include <fmt/format.h>

#include "escapement/certify/certificate_check.h"
#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"
#include "escapement/hunt/written_out.h"

namespace escapement::hunt {

using certify::Certificate;
using certify::CertificateMethod;

namespace {

[[noreturn]] void refuse(const std::string& expected) {
  throw config::InputError("the case", "", expected + ", for a certificate");
}

CertificateMethod method_of(const Case& c) {
  if (c.algorithm == "label-noise-sgd") return CertificateMethod::label_noise_sgd;
  if (c.algorithm == "gradient-descent") return CertificateMethod::gradient_descent;
  refuse("label-noise-sgd or gradient-descent");
}

// Half of what the best neuron has, so that rounding does not matter; 0 where none grows.
void name_active_neuron(const std::vector<std::vector<Exact>>& rows, Certificate& c) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Exact product = 0;
    for (std::size_t k = 0; k < c.theta_star.size(); ++k) product += rows[i][k] * c.theta_star[k];
    const Exact kappa = product * rows[i].back() / (2 * c.eta);
    if (kappa <= c.kappa) continue;
    c.kappa = kappa;
    c.active = i;
  }
}

Certificate draft(const Case& c) {
  Certificate result;
  result.statement = c.claim;
  result.clause = c.claim == "lemma-4.3" && c.clause == "2a" ? "1a" : c.clause;
  result.reading = c.reading;
  if (certify::find_claim_form(result.statement, result.clause, result.reading) == nullptr)
    refuse("a claim that a certificate can violate, not " + c.claim + " " + c.clause + " " + c.reading);
  result.method = method_of(c);
  result.constant = c.constant;
  result.steps = c.steps;
  result.eta = c.eta;
  result.theta_star = c.theta_star;
  const bool population = c.reading.find("population") != std::string::npos;
  Case values = c;
  if (population) values.input_copies.clear();  // what there is of it does not stand in the certificate
  const auto whole = written_out(std::move(values));
  if (!whole) refuse(fmt::format("at most {} neurons and inputs", kMostWrittenOut));
  if (!population) result.inputs = whole->inputs;
  for (const std::vector<Exact>& row : whole->rows) {
    result.start.emplace_back();
    for (const Exact& entry : row)
      result.start.back().push_back({Exact(entry - c.box), Exact(entry + c.box)});
  }
  if (certify::is_non_degenerate(c.reading)) name_active_neuron(whole->rows, result);
  if (result.method == CertificateMethod::label_noise_sgd) {
    result.sigma = c.sigma;
    for (std::size_t t = 0; t < c.samples.size(); ++t) result.events.push_back({c.samples[t], c.noise[t]});
  }
  return result;
}

// Everything that the case leaves open: which step, or which event after the last.
std::vector<Certificate> candidates(const Case& c) {
  const Certificate whole = draft(c);
  std::vector<Certificate> all;
  if (c.claim == "oscillation-identity") {
    for (std::uint64_t t = 0; t < c.steps; ++t) {
      all.push_back(whole);
      all.back().steps = t;
      all.back().events.resize(t + 1);
    }
  } else if (c.claim == "lemma-4.3" && c.clause == "2b") {
    for (std::uint32_t l = 0; l < whole.inputs.size(); ++l)
      for (const std::int8_t sign : {std::int8_t{1}, std::int8_t{-1}}) {
        all.push_back(whole);
        all.back().events.resize(whole.steps);
        all.back().events.push_back({l, sign});
      }
  } else {
    all.push_back(whole);
  }
  return all;
}

}  // namespace

certify::Certificate certificate_of_case(const Case& c, unsigned most_bits) {
  std::string reason = "the claim is not violated at any step";
  for (const Certificate& candidate : candidates(c)) {
    if (const auto found = certify::completed(candidate, most_bits)) return *found;
    Certificate finest = candidate;
    finest.bits = most_bits;
    reason = certify::check_certificate(finest).reason;
  }
  refuse("a violation that the checker confirms (" + reason + ")");
}

std::string certificate_text_of_case(const Case& c) {
  std::string comment =
      c.claim + (c.clause.empty() ? "" : " " + c.clause) + " " + c.reading + ": " + summary(c);
  if (!c.input_copies.empty())
    comment +=
        "\nInputs that are there many times are written in proportion: gradient descent sees no more of "
        "them.";
  return certify::certificate_text(certificate_of_case(c), comment);
}

}  // namespace escapement::hunt

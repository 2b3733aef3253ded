#include "escapement/hunt/certificate_of_case.h"

#include <algorithm>

#include "escapement/certify/certificate_check.h"
#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"

namespace escapement::hunt {

using certify::Certificate;
using certify::CertificateMethod;

namespace {

constexpr std::uint64_t kMostRows = 1000;  // neurons or inputs, written out

[[noreturn]] void refuse(const std::string& expected) {
  throw config::InputError("the case", "", expected + ", for a certificate");
}

CertificateMethod method_of(const Case& c) {
  if (c.algorithm == "label-noise-sgd") return CertificateMethod::label_noise_sgd;
  if (c.algorithm == "gradient-descent") return CertificateMethod::gradient_descent;
  refuse("label-noise-sgd or gradient-descent");
}

// Each row as often as it is there.
template <class Row>
std::vector<Row> written_out(const std::vector<Row>& rows, std::vector<BigInt> copies, bool proportions) {
  if (copies.empty()) return rows;
  if (proportions) {
    BigInt common = 0;
    for (const BigInt& k : copies) common = gcd(common, k);
    for (BigInt& k : copies) k /= std::max(common, BigInt(1));
  }
  std::vector<Row> all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (copies[i] + BigInt(all.size()) > kMostRows) refuse("at most 1000 neurons and inputs");
    all.insert(all.end(), static_cast<std::size_t>(copies[i]), rows[i]);
  }
  return all;
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
  const bool descent = result.method == CertificateMethod::gradient_descent;
  if (c.reading.find("population") == std::string::npos)
    result.inputs = written_out(c.inputs, c.input_copies, descent);
  const auto rows = written_out(c.rows, c.row_copies, false);
  for (const std::vector<Exact>& row : rows) {
    result.start.emplace_back();
    for (const Exact& entry : row)
      result.start.back().push_back({Exact(entry - c.box), Exact(entry + c.box)});
  }
  if (certify::is_non_degenerate(c.reading)) name_active_neuron(rows, result);
  if (!descent) {
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

#include "escapement/certify/certificate_of_instance.h"

#include "escapement/config/input_error.h"

namespace escapement::certify {

using config::Algorithm;
using config::InputError;
using numeric::BigInt;

namespace {

[[noreturn]] void refuse(const model::Instance& instance, const char* key, const std::string& expected) {
  throw InputError(instance.file.empty() ? "the instance" : instance.file, key,
                   expected + ", for a certificate");
}

CertificateMethod method_of(const model::Instance& instance) {
  switch (instance.config.algorithm) {
    case Algorithm::label_noise_sgd: return CertificateMethod::label_noise_sgd;
    case Algorithm::gradient_descent: return CertificateMethod::gradient_descent;
    case Algorithm::sam: return CertificateMethod::sam;
    case Algorithm::oscillation: return CertificateMethod::oscillation;
    case Algorithm::sgd:
    case Algorithm::label_noise_gd:
    case Algorithm::second_layer_oscillation: break;
  }
  refuse(instance, "algorithm", "label-noise-sgd, gradient-descent, sam or oscillation");
}

// The exact fourth root, if there is one.
std::optional<Exact> fourth_root(const Exact& x) {
  BigInt above, below;
  const BigInt p = numerator(x), q = denominator(x);
  const bool exact = mpz_root(above.backend().data(), p.backend().data(), 4) != 0 &&
                     mpz_root(below.backend().data(), q.backend().data(), 4) != 0;
  if (!exact) return std::nullopt;
  return Exact(above, below);
}

std::vector<std::vector<Exact>> inputs_of(const model::Instance& instance) {
  if (!instance.given_inputs.empty()) return instance.given_inputs;
  std::vector<std::vector<Exact>> rows(instance.n);
  for (std::size_t l = 0; l < instance.n; ++l)
    for (std::size_t k = 0; k < instance.d; ++k)
      rows[l].emplace_back(instance.generated_inputs[l * instance.d + k]);
  return rows;
}

void add_events(const model::Instance& instance, std::uint64_t steps, Certificate& c) {
  const config::Config& config = instance.config;
  if (config.batch.full || config.batch.size != 1) refuse(instance, "batch", "1");
  if (instance.n == 0) refuse(instance, "n", "a sample");
  const model::ExplicitDriving& given = *instance.driving;
  if (!given.noise.empty() || given.signs.size() < steps || given.samples.size() < steps)
    refuse(instance, "noise", "the sign of the label noise at every step");
  for (std::uint64_t t = 0; t < steps; ++t) {
    if (!config.schedule.active(t)) refuse(instance, "schedule", "noise at every step");
    c.events.push_back({given.samples[t], given.signs[t]});
  }
}

void add_layers(const model::Instance& instance, Certificate& c) {
  std::vector<std::int8_t> layer;
  for (const std::vector<Exact>& row : instance.start->rows)
    layer.push_back(static_cast<std::int8_t>(row.back().sign()));
  c.layers.push_back(layer);
  std::size_t consumed = 0;
  for (std::uint64_t t = 0; t < c.steps; ++t) {
    for (std::int8_t& state : layer) {
      if (state == 0 && consumed >= instance.driving->signs.size())
        refuse(instance, "signs", "one for every departure from zero");
      state = state == 0 ? instance.driving->signs[consumed++] : std::int8_t{0};
    }
    c.layers.push_back(layer);
  }
}

}  // namespace

Certificate certificate_of(const model::Instance& instance, const CertificateClaim& claim, const Exact& box) {
  const ClaimForm* form = find_claim_form(claim.statement, claim.clause, claim.reading);
  if (form == nullptr)
    throw InputError("certificate", "", "a claim that a certificate can violate",
                     claim.statement + " " + claim.clause + " " + claim.reading);
  const config::Config& config = instance.config;
  Certificate c;
  c.statement = claim.statement;
  c.clause = claim.clause;
  c.reading = claim.reading;
  c.constant = claim.constant;
  c.kappa = claim.kappa;
  c.active = claim.active;
  c.method = method_of(instance);
  if (c.method != form->method) refuse(instance, "algorithm", to_string(form->method));
  if (config.loss != config::Loss::half_square) refuse(instance, "loss", "half-square");
  if (config.population == config::Population::fresh) refuse(instance, "n", "a sample or the population");
  const bool driven = c.method != CertificateMethod::gradient_descent;
  if (instance.start == nullptr || (driven && instance.driving == nullptr))
    refuse(instance, "", "a start and a driving sequence that are given");

  if (form->next_event && config.steps == 0) refuse(instance, "steps", "at least 1");
  c.steps = config.steps - (form->next_event ? 1 : 0);
  c.eta = config.eta;
  c.theta_star = instance.theta_star;
  c.inputs = inputs_of(instance);
  for (const std::vector<Exact>& row : instance.start->rows) {
    c.start.emplace_back();
    for (const Exact& entry : row) c.start.back().push_back({Exact(entry - box), Exact(entry + box)});
  }
  if (c.method == CertificateMethod::oscillation) {
    const std::optional<Exact> amplitude = config.amplitude ? config.amplitude : fourth_root(config.eta);
    if (!amplitude) refuse(instance, "amplitude", "a rational number");
    c.amplitude = *amplitude;
    add_layers(instance, c);
    for (std::size_t i = 0; i < c.start.size(); ++i) {  // driven from outside: no box
      const Exact a = c.amplitude * Exact(c.layers.front()[i]);
      c.start[i].back() = {a, a};
    }
  } else if (driven) {
    c.sigma = config.sigma;
    c.rho = c.method == CertificateMethod::sam ? config.rho : Exact(0);
    add_events(instance, config.steps, c);
  }
  return c;
}

}  // namespace escapement::certify

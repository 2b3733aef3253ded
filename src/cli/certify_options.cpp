#include "escapement/cli/certify_options.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;
using observe::Outcome;
using json = nlohmann::ordered_json;

namespace {

Exact number(const char* option, const std::string& text, bool zero_allowed) {
  const auto value = numeric::parse_exact(text);
  if (!value || *value < 0 || (*value == 0 && !zero_allowed))
    throw InputError("command line", option, zero_allowed ? "a number >= 0" : "a positive number", text);
  return *value;
}

std::string radius_text(const certify::Bound& radius) {
  numeric::Ball ball;
  radius.widen(ball.raw());
  return ball.radius_string();
}

}  // namespace

certify::CertifyRequest certify_request(const RunArguments& a, const config::Config& config) {
  certify::CertifyRequest request;
  if (a.radius) request.radius = number("--radius", *a.radius, false);
  if (a.start_radius) request.start_radius = number("--start-radius", *a.start_radius, true);
  if (a.most_bits) {
    const auto bits = numeric::parse_integer(*a.most_bits);
    if (!bits || *bits < numeric::kMinBits || *bits > numeric::kMaxBits)
      throw InputError("command line", "--max-bits",
                       fmt::format("an integer from {} to {}", numeric::kMinBits, numeric::kMaxBits),
                       *a.most_bits);
    request.most_bits = static_cast<long>(*bits);
  }
  request.first_bits = config.precision.bits;
  return request;
}

void prepare_certify(const RunArguments& a, config::Config& config) {
  if (!a.certify) {
    for (const auto& [option, value] : {std::pair{"--radius", &a.radius},
                                        {"--start-radius", &a.start_radius},
                                        {"--max-bits", &a.most_bits}})
      if (*value) throw InputError("command line", option, "--certify beside it", **value);
    return;
  }
  if (a.resume)
    throw InputError("command line", "--resume", "a run without --certify, which keeps no checkpoints");
  if (config.is_set("precision") && config.precision.kind != config::PrecisionChoice::Kind::certified)
    throw InputError(config.source_of("precision"), "precision",
                     "certified:BITS to begin with, or nothing, with --certify",
                     value_of(config, "precision"));
  if (!config.is_set("precision"))
    config.precision = {config::PrecisionChoice::Kind::certified, certify::CertifyRequest().first_bits};
  const certify::CertifyRequest request = certify_request(a, config);
  if (request.start_radius != 0 && config::is_oscillation(config.algorithm))
    throw InputError("command line", "--start-radius", "a rule other than the driven oscillations",
                     value_of(config, "algorithm"));
}

config::PrecisionChoice printed_precision(const certify::CertifiedRun& run) {
  constexpr long kBeyond = 32;
  const certify::Attempt& last = run.last();
  long bits = last.bits;
  if (last.outcome == Outcome::completed && !last.radius.is_zero())
    bits = std::clamp(static_cast<long>(-last.radius.log2()) + kBeyond, numeric::kDoubleBits,
                      std::max(bits, numeric::kDoubleBits));
  return {config::PrecisionChoice::Kind::certified, bits};
}

json certified_json(const certify::CertifiedRun& run) {
  json root;
  root["reached"] = run.reached;
  root["reason"] = run.reason.empty() ? json() : json(run.reason);
  root["bits"] = run.last().bits;
  root["radius"] = run.last().outcome == Outcome::completed ? json(radius_text(run.last().radius)) : json();
  root["attempts"] = json::array();
  for (const certify::Attempt& a : run.attempts)
    root["attempts"].push_back(
        {{"bits", a.bits},
         {"steps", a.steps},
         {"outcome", to_string(a.outcome)},
         {"radius", a.outcome == Outcome::completed ? json(radius_text(a.radius)) : json()},
         {"seconds", a.seconds}});
  return root;
}

std::string certified_summary(const certify::CertifiedRun& run) {
  const certify::Attempt& last = run.last();
  if (!run.reached) return fmt::format("not certified: {}\n", run.reason);
  std::string text = fmt::format("certified: radius {} at {} bits", radius_text(last.radius), last.bits);
  for (std::size_t k = 0; k + 1 < run.attempts.size(); ++k)
    text += fmt::format("{}{} bits reached step {}", k == 0 ? " (" : ", ", run.attempts[k].bits,
                        run.attempts[k].steps);
  return text + (run.attempts.size() > 1 ? ")\n" : "\n");
}

}  // namespace escapement::cli

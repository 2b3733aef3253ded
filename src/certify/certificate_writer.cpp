#include <fmt/format.h>

#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"

namespace escapement::certify {

namespace {

std::string ratio(const Exact& x) { return x.str(); }  // p or p/q in lowest terms

std::string range(const CertificateRange& r) {
  return r.low == r.high ? ratio(r.low) : ratio(r.low) + ".." + ratio(r.high);
}

std::string joined(const char* key, const std::vector<Exact>& numbers) {
  std::string line = key;
  for (const Exact& x : numbers) line += " " + ratio(x);
  return line + "\n";
}

std::string comment_lines(const std::string& comment) {
  std::string out, line;
  for (const char c : comment + (comment.empty() ? "" : "\n")) {
    if (c != '\n') {
      line += c;
      continue;
    }
    out += "# " + line + "\n";
    line.clear();
  }
  return out;
}

}  // namespace

std::string certificate_text(const Certificate& c, const std::string& comment) {
  const ClaimForm* form = find_claim_form(c.statement, c.clause, c.reading);
  if (form == nullptr)
    throw config::InputError("certificate", "", "a claim that a certificate can violate",
                             c.statement + " " + c.clause + " " + c.reading);
  std::string out = comment_lines(comment) + "escapement-certificate 1\n";
  out += "statement " + c.statement + "\n";
  if (!c.clause.empty()) out += "clause " + c.clause + "\n";
  out += "reading " + c.reading + "\n";
  if (form->constant) out += "constant " + ratio(c.constant) + "\n";
  if (is_non_degenerate(c.reading)) out += fmt::format("kappa {}\nactive {}\n", ratio(c.kappa), c.active);
  if (form->neuron) out += fmt::format("neuron {}\n", c.neuron);
  out += fmt::format("bits {}\nmethod {}\nd {}\nm {}\nn {}\nT {}\n", c.bits, to_string(c.method),
                     c.theta_star.size(), c.start.size(), c.inputs.size(), c.steps);
  out += "eta " + ratio(c.eta) + "\n";
  const bool noisy = c.method == CertificateMethod::label_noise_sgd || c.method == CertificateMethod::sam;
  if (noisy) out += "sigma " + ratio(c.sigma) + "\n";
  if (c.method == CertificateMethod::sam) out += "rho " + ratio(c.rho) + "\n";
  if (c.method == CertificateMethod::oscillation) out += "amplitude " + ratio(c.amplitude) + "\n";
  out += joined("theta_star", c.theta_star);
  for (const std::vector<Exact>& x : c.inputs) out += joined("x", x);
  for (const std::vector<CertificateRange>& row : c.start) {
    out += "start";
    for (const CertificateRange& r : row) out += " " + range(r);
    out += "\n";
  }
  if (noisy) {
    out += "driving";
    for (const CertificateEvent& e : c.events) out += fmt::format(" {}{}", e.sample, e.sign > 0 ? '+' : '-');
    out += "\n";
  }
  for (const std::vector<std::int8_t>& layer : c.layers) {
    out += "layer";
    for (const std::int8_t state : layer) out += std::string(" ") + "-0+"[state + 1];
    out += "\n";
  }
  return out + "end\n";
}

}  // namespace escapement::certify

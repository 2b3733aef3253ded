// Faults in the paper's own statements, each asked where the hunt finds nothing as long as there is none.
#include <algorithm>

#include "escapement/hunt/hypotheses.h"
#include "escapement/hunt/targets/targets.h"

#include "hunting/faults.h"
#include "hunting/rare_claims.h"

namespace escapement::hunting {

namespace {

using theory::PaperConstants;

const Exact kConverges{8,
                       5};  // for which Lemma 4.6, so restricted, holds as far as was hunted; 1.45 is refuted

Target named(const PaperConstants& constants, const std::string& name, const std::string& setting) {
  const std::vector<Target> all = hunt::paper_targets(constants);
  const auto at = std::find_if(all.begin(), all.end(), [&](const Target& t) { return t.name() == name; });
  Target t = *at;
  t.reading += setting;
  return t;
}

// Lemma 4.3, 1a, with at most two neurons: rho m^(-1/8) > 1, and half of it is not where d is small.
Claim few_neurons(const std::string& kind, const PaperConstants& constants) {
  return {"lemma-4.3", kind, named(constants, "lemma-4.3 1a literal", ", m <= 2"), within("m", 1, 2)};
}

// Lemma 4.4 on data of length 1 with |theta*| <= 1, the repair in docs/finds/lemma-4.4.md.
Claim short_data(const std::string& kind, const PaperConstants& constants) {
  Claim claim{"lemma-4.4", kind, named(constants, "lemma-4.4 literal", ", x = 1, |theta*| <= 1"),
              within("d", 1, 1)};
  claim.target.complete = [inner = claim.target.complete](Case& c) {
    c.inputs = {{1}};
    c.input_copies.clear();
    while (abs(c.theta_star[0]) > 1) c.theta_star[0] /= 2;
    return inner(c);
  };
  return claim;
}

// Lemma 4.5 in flow time where C = I and every neuron has a_i <w_i, theta*> >= |theta*| eta/4.
Claim growing_neurons(const std::string& kind, const PaperConstants& constants, const Exact& constant) {
  Claim claim{"lemma-4.5", kind, named(constants, "lemma-4.5 flow-time", ", growing, C = I"), {}};
  claim.domain.constant = constant;
  claim.target.complete = [inner = claim.target.complete](Case& c) {
    hadamard_data(c);
    if (!inner(c)) return false;
    const Exact least = hunt::inner(c.theta_star, c.theta_star, c.d()) * c.eta * c.eta / 16;
    for (const auto& row : c.rows) {
      const Exact product = row[c.d()] * hunt::inner(row, c.theta_star, c.d());
      if (product <= 0 || product * product < least) return false;
    }
    return true;
  };
  return claim;
}

// Lemma 4.6 in its reading that survives, A4 kept.
Claim convergence(const std::string& kind, const PaperConstants& constants, const Exact& constant) {
  Claim claim{"lemma-4.6", kind, named(constants, "lemma-4.6 1 non-degenerate+population", ", A4"), {}};
  claim.domain.constant = constant;
  claim.domain.keep = {"A4"};
  return claim;
}

}  // namespace

std::vector<Claim> paper_holds() {
  return {few_neurons("", {}), short_data("", {}), growing_neurons("", {}, 100),
          convergence("", {}, kConverges)};
}

std::vector<Claim> paper_faults() {
  PaperConstants rho, exponent;
  rho.sign_factor = 1;
  exponent.oscillation_exponent = Exact(21, 20);
  return {few_neurons("rho / 2", rho), short_data("eta^1.05 for sqrt(eta)", exponent),
          growing_neurons("K = 1", {}, 1), convergence("K = 1.4", {}, Exact(7, 5))};
}

}  // namespace escapement::hunting

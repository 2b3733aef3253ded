#include "hunting/faults.h"

#include "escapement/hunt/targets/targets.h"

#include "hunting/rare_claims.h"

namespace escapement::hunting {

hunt::Domain within(const std::string& key, int low, int high) {
  hunt::Domain domain;
  domain.ranges[key] = {low, high};
  return domain;
}

namespace {

template <class Claim>
Target target(const std::string& id, const Claim& claim, bool noise) {
  Target t;
  t.id = id;
  t.reading = "theorem";
  t.text = id;
  if (!noise) t.algorithm = "gradient-descent";
  t.complete = [noise](Case& c) {
    if (c.steps < 1 || c.steps > 16 || c.rows.empty()) return false;
    if (noise) return hunt::complete_label_noise(c);
    hunt::complete_descent(c);
    c.row_copies.clear();
    c.input_copies.clear();
    return c.eta > 0;
  };
  t.hypotheses = [](const Case&) { return std::vector<hunt::Hypothesis>(); };
  t.degenerate = [](const Case&) { return std::string(); };
  t.claim_with(claim);
  return t;
}

const Exact kHalf{1, 2}, kElevenths{10, 11}, kTenth{11, 10};

Knobs times(const Exact& factor) { return {factor}; }
Knobs eta_too_many() { return {1, 1}; }
Knobs flip() { return {1, 0, true}; }
Knobs late() { return {1, 0, false, true}; }
Knobs drop() { return {1, 0, false, false, true}; }

// d = 4 and Hadamard's data, where the fault hides best.
Target share(const std::string& id, const Knobs& knobs) {
  Target t = target(id, Share{knobs}, true);
  t.complete = [inner = t.complete](Case& c) {
    if (c.d() != 4) return false;
    hadamard_data(c);
    return inner(c);
  };
  return t;
}

// d = 1; few enough sign sequences to try all.
Target moments(const std::string& id, const Moments& claim) {
  Target t = target(id, claim, false);
  t.complete = [inner = t.complete](Case& c) {
    return inner(c) && c.d() == 1 && c.rows.size() * c.steps <= 6;
  };
  return t;
}

const hunt::Domain kFour = within("d", 4, 4), kOne = within("d", 1, 1);

}  // namespace

std::vector<Claim> theorems() {
  std::vector<Claim> all;
  const auto add = [&](const char* statement, Target t, const hunt::Domain& domain = {}) {
    all.push_back({statement, "", std::move(t), domain});
  };
  add("norm-identity", target("norm", NormIdentity{}, true));
  add("oscillation-identity", target("oscillation", OscillationIdentity{}, true));
  add("theorem-4.2", target("displacement", Displacement{}, true));
  add("lemma-4.3", target("imbalance-upper", Imbalance{{}, true}, true));
  add("lemma-4.3", target("imbalance-lower", Imbalance{{}, false}, true));
  add("lemma-4.3", target("sign", Sign{}, true));
  add("lemma-4.3", share("share", {}), kFour);
  add("lemma-4.4", moments("moments", {}), kOne);
  add("lemma-4.5", target("balanced", Balanced{}, false));
  add("lemma-4.6", target("predictor", Predictor{}, true));
  for (Target& t : hunt::paper_targets())
    if (t.name() == "norm-identity literal" || t.name() == "oscillation-identity with-step-size" ||
        t.name() == "lemma-4.6 2 population")
      add(t.id.c_str(), std::move(t));
  for (Claim& claim : paper_holds()) all.push_back(std::move(claim));
  return all;
}

std::vector<Claim> planted_faults() {
  std::vector<Claim> all;
  const auto add = [&](const char* statement, const char* theorem, const char* kind, const auto& claim,
                       bool noise = true) {
    std::string id = std::string(theorem) + ": " + kind;
    all.push_back({statement, kind, target(id, claim, noise), {}});
  };
  add("norm-identity", "norm", "constant x 2", NormIdentity{times(2)});
  add("norm-identity", "norm", "constant x 1.1", NormIdentity{times(kTenth)});
  add("norm-identity", "norm", "sign flipped", NormIdentity{times(-1)});
  add("norm-identity", "norm", "eta^3 for eta^2", NormIdentity{eta_too_many()});
  add("norm-identity", "norm", "last step left out", NormIdentity{late()});
  add("norm-identity", "norm", "a_i(0) left out", NormIdentity{{}, true});
  add("oscillation-identity", "oscillation", "constant x 2", OscillationIdentity{times(2)});
  add("oscillation-identity", "oscillation", "constant x 1.1", OscillationIdentity{times(kTenth)});
  add("oscillation-identity", "oscillation", "eta^3 for eta^2", OscillationIdentity{eta_too_many()});
  add("oscillation-identity", "oscillation", "residual a step late", OscillationIdentity{late()});
  add("theorem-4.2", "displacement", "constant / 2", Displacement{times(kHalf)});
  add("theorem-4.2", "displacement", "constant / 1.1", Displacement{times(kElevenths)});
  add("lazy-regime", "displacement", "inequality flipped", Displacement{flip()});
  add("lazy-regime", "displacement", "eta^2 for eta", Displacement{eta_too_many()});
  add("lazy-regime", "displacement", "first step left out", Displacement{late()});
  add("theorem-4.2", "displacement", "|x| left out", Displacement{drop()});
  add("lemma-4.3", "imbalance-upper", "constant / 2", Imbalance{times(kHalf), true});
  add("lemma-4.3", "imbalance-upper", "constant / 1.1", Imbalance{times(kElevenths), true});
  add("lemma-4.3", "imbalance-upper", "|x|^2 left out", Imbalance{drop(), true});
  add("lemma-4.3", "imbalance-lower", "constant / 1.1", Imbalance{times(kElevenths), false});
  add("lemma-4.3", "imbalance-lower", "inequality flipped", Imbalance{flip(), false});
  add("lemma-4.3", "sign", "hypothesis dropped", Sign{drop()});
  add("lemma-4.3", "sign", "constant / 1.1", Sign{times(kElevenths)});
  add("lemma-4.4", "balanced", "constant / 2", Balanced{times(kHalf)}, false);
  add("lemma-4.4", "balanced", "constant / 1.1", Balanced{times(kElevenths)}, false);
  add("lemma-4.5", "balanced", "eta^3 for eta^2", Balanced{eta_too_many()}, false);
  add("lemma-4.5", "balanced", "first step left out", Balanced{late()}, false);
  add("lemma-4.6", "predictor", "constant / 1.1", Predictor{times(kElevenths)});
  add("lemma-4.6", "predictor", "|a| left out", Predictor{drop()});
  add("lemma-4.6", "predictor", "inequality flipped", Predictor{flip()});
  // Of the paper's own: aligned neurons stay aligned where C = I; without that hypothesis they do not.
  for (Target& t : hunt::paper_targets())
    if (t.name() == "lemma-4.6 2 literal")
      all.push_back({"lemma-4.6", "hypothesis C = I dropped", std::move(t), {}});
  // Harder to see: only where two numbers nearly agree, or where a neuron is nearly along an input.
  add("lemma-4.3", "sign", "constant / 1.001", Sign{times(Exact(1000, 1001))});
  add("lemma-4.3", "sign", "constant / 1.00001", Sign{times(Exact(100'000, 100'001))});
  const auto add_share = [&](const char* kind, const Exact& factor) {
    all.push_back({"lemma-4.3", kind, share(std::string("share: ") + kind, times(factor)), kFour});
  };
  add_share("constant x 1.1", kTenth);
  add_share("constant x 1.01", Exact(101, 100));
  const auto add_moments = [&](const char* kind, const Moments& claim) {
    all.push_back({"lemma-4.4", kind, moments(std::string("moments: ") + kind, claim), kOne});
  };
  add_moments("eta^3 for eta^2", {eta_too_many()});
  add_moments("t0 one step early", {late()});
  add_moments("k - 1 for k", {{}, true});
  add_moments("theta* left out", {drop()});
  for (Claim& claim : paper_faults()) all.push_back(std::move(claim));
  return all;
}

}  // namespace escapement::hunting

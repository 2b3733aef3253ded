#include "report/sample_verdicts.h"

#include <array>

#include "escapement/numeric/exact.h"
#include "escapement/numeric/precision.h"

namespace escapement::test {

using namespace theory;
using numeric::Exact;
using numeric::parse_exact;

namespace {

constexpr const char* kHostile =
    "<script>alert('1')</script>\"><img src=x onerror=alert(2)> & | ` \\ $x^2$ _a_ #1 %\n]]>";

Assumption assumption(const char* name, Truth holds, const char* margin, const char* detail) {
  Assumption a{name, holds, std::nullopt, detail};
  if (*margin != '\0') a.margin = decimal(margin);
  return a;
}

// The published synthetic setting: A1 and A2 fail, the rest is met or not by little.
Regime published(std::vector<std::string> needed) {
  return {{assumption("A1", Truth::yes, "1.5",
                      "m = 1000 against 1/sqrt(eta) = 31.6; the constant in Omega assumed 1"),
           assumption("A2", Truth::no, "-710.4153", "eta = 0.001 against C^-96 = 3.84e-714, C = 2.4e7"),
           assumption("A3", Truth::no, "-3.699", "n = 200 against 1/eta^2 = 1e6"),
           assumption("A4", Truth::no, "-0.75", "|theta*| = 1 against m^(-1/4) = 0.178"),
           assumption("A5", Truth::yes, "", "max |x_k| = 6.33 is C_data itself"),
           assumption("A6", Truth::unknown, "", "d = 20 against 9 ln(2) K^4 / (2c); K and c are not given")},
          std::move(needed),
          Truth::no};
}

Verdict verdict(const char* statement, const char* clause, const char* reading, Outcome outcome,
                Evidence evidence) {
  Verdict v;
  v.statement = statement;
  v.clause = clause;
  v.reading = reading;
  v.outcome = outcome;
  v.evidence = evidence;
  v.parameters = {{"d", "20"},      {"m", "1000"},  {"n", "200"},
                  {"eta", "0.001"}, {"sigma", "4"}, {"theta_norm", "1"}};
  v.regime = published({"A1", "A2", "A4", "A5", "A6"});
  v.seed = "1";
  v.reproduce = std::string("escapement check ") + statement + " --reading " + reading + " --seed 1";
  return v;
}

}  // namespace

numeric::Ball decimal(const char* value) {
  const numeric::WorkingPrecision guard(256);
  return numeric::Ball::from(*parse_exact(value));
}

std::vector<Verdict> sample_verdicts() {
  std::vector<Verdict> all;
  Verdict v = verdict("norm-identity", "", "literal", Outcome::holds, Evidence::proved);
  v.regime = {{}, {}, Truth::yes};
  v.claim = "‖w_i(T)‖² = ‖w_i(0)‖² + η² Σ_{j<T} ΔW_i(j) − a_i(0)² + a_i(T)² for every i and T";
  v.bound = v.measured = "0";
  v.basis =
      "Proved for every step; checked here as an exact zero in rational arithmetic over 64 steps of 8 "
      "instances.";
  v.proofs = {"norm_identity_step", "norm_identity"};
  v.theorems = {
      {"norm_identity_step", false, "the identity for one step, whatever the rule", "one step", false},
      {"norm_identity", false, "holds for every start, sample and noise", "every d, m, n, eta and horizon",
       true}};
  all.push_back(v);

  v = verdict("oscillation-identity", "", "literal", Outcome::violated, Evidence::counterexample);
  v.regime = {{}, {}, Truth::yes};
  v.claim = "g_j² ⟨x, w_i(j)⟩² = (a_i(j+1) − a_i(j))²";
  v.bound = "0";
  v.measured = "0.99999900000000000000000000000001";
  v.basis = "One step with d = 1, m = 1 in rational arithmetic: the two sides differ by a factor η².";
  v.proofs = {"oscillation_literal_refuted", "oscillation-identity-literal-27fd97aaa279b7e8.case.json"};
  v.theorems = {{"oscillation_literal_refuted", true, "false as printed: η² is missing",
                 "every step size other than 1", false},
                {"oscillation_literal_iff", false,
                 "a step satisfies it exactly if η = 1 or both sides vanish", "one step", false}};
  all.push_back(v);

  v = verdict("theorem-4.2", "", "literal", Outcome::vacuous, Evidence::computed);
  v.claim =
      "P(some neuron is still in the lazy regime at T1) ≤ C/m, with T1 = 384 sqrt(log m) / (σ² η² sqrt(m)) = "
      "1.99e6";
  v.bound = "1.0";
  v.measured = "6.2e-5";
  v.basis =
      "With the least constant that a ladder allows, C = 1200, the bound is 1 or more until m exceeds 1200.";
  all.push_back(v);

  v = verdict("lemma-4.3", "1a", "typical", Outcome::holds, Evidence::sampled);
  v.claim = "P(ΔW_i(j) > 0) ≤ ρ m^(−1/8) = 0.42 for a neuron drawn at random, m = 4.8e8";
  v.bound = "0.420448207626857";
  v.measured = "0.0127";
  v.basis =
      "Sequential test over independent replicas, one neuron and one step of each; looks at every trial are "
      "paid for.";
  v.sample = Sample{4000, 49, 2, 0.01, -812.25, 301.5, 0.0091, 0.0172, 0.4441};
  all.push_back(v);

  v = verdict("lemma-4.3", "1a", "literal", Outcome::undecided, Evidence::sampled);
  v.claim = "P(ΔW_i(j) > 0 for some i) ≤ ρ m^(−1/8) = 0.42";
  v.bound = "0.420448207626857";
  v.measured = "0.44";
  v.basis = "The budget of 200 replicas ends between the two sides.";
  v.sample = Sample{200, 88, 0, 0.01, 0.31, -1.0 / 0.0, 0.341, 0.543, 0.5532};
  all.push_back(v);

  v = verdict("lemma-4.5", "", "flow-time", Outcome::supported, Evidence::computed);
  v.regime.needed = {"A1", "A2", "A3", "A5", "A6"};
  v.claim = "1 − cos(w_i(t2), θ*) ≤ K ln(1/η) sqrt(η) with one K for all η";
  v.bound = "0.46";
  v.measured = "0.51";
  v.basis = "Deterministic runs from generic starts, m = ceil(1/sqrt(η)). No law decides the claim.";
  v.support = Support{"1.11", {{"eta", "1e-7", "0.01"}, {"m", "10", "3163"}}};
  v.proofs = {"lemma-4.5-flow-time-c5eededc17d39b89.cert"};
  v.ladder =
      Ladder{"eta", "1/eta", "1 − cosine of the worst of 64 neurons", {}, -0.2113, -0.262, -0.16, 0.95};
  const std::array<std::array<const char*, 5>, 7> rungs{{{"0.01", "100", "0.46", "0.51", "1.11"},
                                                         {"1/400", "400", "0.2996", "0.23", "0.768"},
                                                         {"0.001", "1000", "0.2184", "0.129", "0.591"},
                                                         {"1e-4", "1e4", "0.0921", "0.0365", "0.396"},
                                                         {"1e-5", "1e5", "0.0364", "0.0081", "0.2225"},
                                                         {"1e-6", "1e6", "0.0138", "0.00203", "0.147"},
                                                         {"1e-7", "1e7", "0.0051", "0", "0"}}};
  for (const auto& r : rungs)
    v.ladder->rungs.push_back({r[0], decimal(r[1]), decimal(r[2]), decimal(r[3]), decimal(r[4])});
  all.push_back(v);

  v = verdict("lemma-4.6", "1", "literal", Outcome::violated, Evidence::certified);
  v.parameters = {{"d", "20"}, {"m", "1e357"}, {"eta", "3.8e-714"}, {"sigma", "4"}, {"theta_norm", "1e-90"}};
  v.regime = published({"A1", "A2", "A3", "A5", "A6"});
  v.regime.assumptions[1] =
      assumption("A2", Truth::yes, "0.0046", "eta = 3.8e-714 against C^-96 = 3.84e-714");
  v.regime.assumptions[2] = assumption("A3", Truth::yes, "", "the population");
  v.regime.assumptions[5] = assumption("A6", Truth::yes, "0.12", "d = 20 against 15.1; K = c = 1 assumed");
  v.regime.inside = Truth::yes;
  v.claim = "‖θ(t3) − θ*‖ ≤ K η ln(1/η), all neurons aligned at t2";
  v.bound = "6.2353918273645190283746501928374e-711";
  v.measured = "1.0000000000000000000000000000000e-90";
  v.radius = "2.31e-1411";
  v.basis =
      "Every aligned neuron with a_i = 0 and w_i = 0 stays there: θ(t) = 0 for ever, enclosed at 4800 bits.";
  all.push_back(v);
  return all;
}

std::vector<Verdict> hostile_verdicts() {
  Verdict v;
  v.statement = v.clause = v.reading = v.claim = v.bound = v.measured = v.basis = v.seed = v.reproduce =
      kHostile;
  v.statement += "\u202Eevil";
  v.parameters = {{kHostile, kHostile}};
  v.regime = {{{kHostile, Truth::no, std::nullopt, kHostile}}, {kHostile}, Truth::no};
  v.ladder = Ladder{kHostile, kHostile, kHostile, {}, 0.1, 0, 0.2, 0.95};
  v.ladder->rungs.push_back({"1", decimal("1"), decimal("1"), decimal("1"), decimal("1")});
  v.ladder->rungs.push_back({"2", decimal("2"), decimal("1"), decimal("1"), decimal("1")});
  v.proofs = {kHostile, std::string(kHostile) + ".case.json", std::string(kHostile) + ".cert"};
  v.radius = kHostile;
  v.theorems = {{kHostile, true, kHostile, kHostile, false}, {kHostile, true, kHostile, kHostile, true}};
  std::vector<Verdict> all{v, v, v, v};
  all[0].outcome = Outcome::supported;
  all[0].support = Support{kHostile, {{kHostile, kHostile, "1"}}};
  all[1].evidence = Evidence::certified;
  all[2].outcome = all[3].outcome = Outcome::violated;
  all[2].evidence = Evidence::proved;
  all[3].evidence = Evidence::counterexample;
  return all;
}

ValidityMap hostile_map() {
  ValidityMap map;
  map.statement = map.clause = map.reading = map.claim = map.reproduce = map.x_key = kHostile;
  map.parameters = {{kHostile, kHostile}};
  map.marked = {{kHostile, "2"}};
  map.points = {{"1", "", Outcome::holds, Truth::yes, kHostile, kHostile, 0},
                {"2", "", Outcome::violated, Truth::yes, kHostile, kHostile, 0}};
  return map;
}

}  // namespace escapement::test

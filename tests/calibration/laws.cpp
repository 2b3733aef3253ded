// Rows that a computation or a law decides, at parameters on both sides of a border that is known exactly: no case may be
// wrong, and none may stay open.
#include <fmt/format.h>

#include "calibration/ask.h"
#include "calibration/family.h"

namespace escapement::calibration {

namespace {

using numeric::Exact;

// A list of cases with one answer.
void add_list(Catalogue& catalogue, std::string name, std::string where, Truth truth,
              std::vector<Question> cases) {
  Experiment experiment{name, {catalogue.index_of({name, truth, std::move(where), 1, true, true})}};
  experiment.cases = static_cast<std::uint32_t>(cases.size());
  experiment.ask = [cases = std::move(cases)](std::uint64_t i) {
    return std::vector{answer(cases[static_cast<std::size_t>(i)], 1)};
  };
  catalogue.experiments.push_back(std::move(experiment));
}

// 10^-k
Exact tiny(unsigned k) { return numeric::parse_exact(fmt::format("1e-{}", k)).value(); }

const std::vector<unsigned> kDistances{1, 3, 6, 12, 30};  // how close to a border, in powers of ten

// Identities between polynomials, with factors beside the true one.
void add_identities(Catalogue& catalogue) {
  std::vector<Question> literal, literal_wrong, repaired, repaired_wrong, norm, norm_wrong;
  for (const char* eta : {"1", "1/2", "3/7", "1/1000", "2"}) {
    const Exact step = numeric::parse_exact(eta).value(), square = step * step;
    const std::vector<std::string> sets{fmt::format("eta={}", eta)};
    const auto ask = [&](const char* reading, const Exact& weight) {
      Question q{"oscillation-identity", "", reading, sets};
      q.constants.oscillation_weight = weight;
      return q;
    };
    literal.push_back(ask("literal", Exact(1 / square)));
    repaired.push_back(ask("with-step-size", 1));
    for (const unsigned k : kDistances)
      for (const Exact& factor : {Exact(1 + tiny(k)), Exact(1 - tiny(k))}) {
        literal_wrong.push_back(ask("literal", Exact(factor / square)));
        repaired_wrong.push_back(ask("with-step-size", factor));
      }
  }
  for (const char* m : {"1", "3"}) {
    const auto ask = [&](const Exact& weight) {
      Question q{"norm-identity", "", "literal", {fmt::format("m={}", m), "d=2", "n=3", "steps=5"}};
      q.constants.norm_identity_weight = weight;
      return q;
    };
    norm.push_back(ask(1));
    for (const unsigned k : kDistances)
      for (const Exact& factor : {Exact(1 + tiny(k)), Exact(1 - tiny(k))}) norm_wrong.push_back(ask(factor));
  }
  const std::string true_factor = "the factor that algebra gives",
                    beside = "that factor times 1 +- 1e-1 ... 1e-30";
  add_list(catalogue, "norm-identity literal", true_factor, Truth::holds, norm);
  add_list(catalogue, "norm-identity literal", beside, Truth::violated, norm_wrong);
  add_list(catalogue, "oscillation-identity literal", true_factor, Truth::holds, literal);
  add_list(catalogue, "oscillation-identity literal", beside, Truth::violated, literal_wrong);
  add_list(catalogue, "oscillation-identity with-step-size", true_factor, Truth::holds, repaired);
  add_list(catalogue, "oscillation-identity with-step-size", beside, Truth::violated, repaired_wrong);
}

// Lemma 4.4 at |theta*|, time and level just inside and just outside (tests/oracles/planted_borders.py).
void add_simulated_oscillation(Catalogue& catalogue) {
  std::vector<Question> inside, outside;
  for (const nlohmann::json& one : oracle("planted-borders.json")) {
    Question q{"lemma-4.4", "", "literal", one.at("sets").get<std::vector<std::string>>()};
    for (const auto& [field, value] : one.at("planted").items()) plant(q.constants, field, value);
    (one.at("holds").get<bool>() ? inside : outside).push_back(q);
  }
  const std::string within = "within 1e-3 ... 1e-12 of the border";
  add_list(catalogue, "lemma-4.4 literal", within, Truth::holds, std::move(inside));
  add_list(catalogue, "lemma-4.4 literal", within, Truth::violated, std::move(outside));
}

// Lemma 4.6 on the population: the error at t3 is of the order of eta^(2c/|theta*| - 1), c that of t3's time, against
// eta^e ln(1/eta): it holds if and only if |theta*| <= 2c/(1 + e).
void add_convergence(Catalogue& catalogue) {
  std::vector<Question> inside, outside, any, aligned;
  for (const Exact& c : {Exact(1), Exact(3, 4), Exact(2)})
    for (const Exact& e : {Exact(1), Exact(1, 2), Exact(3)}) {
      const Exact border = 2 * c / (1 + e);
      const auto ask = [&](const Exact& theta) {
        Question q{"lemma-4.6",
                   "1",
                   "non-degenerate+population",
                   {"d=2", "eta=1/64", "theta_norm=" + numeric::to_string(theta)}};
        q.constants.convergence_time = c;
        q.constants.convergence_exponent = e;
        return q;
      };
      inside.push_back(ask(border));
      for (const unsigned k : kDistances) {
        inside.push_back(ask(Exact(border * (1 - tiny(k)))));
        outside.push_back(ask(Exact(border * (1 + tiny(k)))));
      }
    }
  for (const char* eta : {"1/4", "1/64", "1/1000"})
    for (const char* theta : {"1/10", "1", "3"}) {
      const std::vector<std::string> sets{"d=3", fmt::format("eta={}", eta),
                                          fmt::format("theta_norm={}", theta)};
      for (const char* reading : {"literal", "population"}) any.push_back({"lemma-4.6", "1", reading, sets});
      for (const char* reading : {"population", "non-degenerate+population"})
        aligned.push_back({"lemma-4.6", "2", reading, sets});
    }
  add_list(catalogue, "lemma-4.6 1 non-degenerate+population", "theta_norm 0 ... 1e-1 below 2 c/(1 + e)",
           Truth::holds, std::move(inside));
  add_list(catalogue, "lemma-4.6 1 non-degenerate+population", "theta_norm 1e-30 ... 1e-1 above 2 c/(1 + e)",
           Truth::violated, std::move(outside));
  add_list(catalogue, "lemma-4.6 1 literal, population", "a neuron that does not grow", Truth::violated,
           std::move(any));
  add_list(catalogue, "lemma-4.6 2 population, non-degenerate+population", "an invariant set", Truth::holds,
           std::move(aligned));
}

void add_alignment(Catalogue& catalogue) {
  std::vector<Question> still, line;
  for (const char* eta : {"1/4", "1/64", "1/400"})
    for (const char* theta : {"1/10", "1"})
      for (const char* reading : {"literal", "flow-time", "generic"}) {
        const std::vector<std::string> sets{fmt::format("eta={}", eta), fmt::format("theta_norm={}", theta)};
        for (const char* d : {"d=2", "d=5", "d=1"}) {
          std::vector<std::string> there = sets;
          there.push_back(d);
          (std::string(d) == "d=1" ? line : still).push_back({"lemma-4.5", "", reading, there});
        }
      }
  add_list(catalogue, "lemma-4.5 literal, flow-time, generic", "a neuron that does not turn, or no time to",
           Truth::violated, std::move(still));
  add_list(catalogue, "lemma-4.5 literal, flow-time, generic", "one dimension", Truth::vacuous,
           std::move(line));
}

// Bounds on a probability that reach 1.
void add_vacuity(Catalogue& catalogue) {
  std::vector<Question> nothing, something;
  for (const char* reading : {"literal", "norm-floor", "fraction"})
    for (const unsigned k : kDistances) {
      const auto ask = [&](const Exact& constant) {
        Question q{"theorem-4.2", "", reading, {"d=1", "n=1", "m=2", "eta=4", "sigma=4", "replicas=4"}};
        q.constant = constant;
        return q;
      };
      nothing.push_back(ask(2));
      nothing.push_back(ask(Exact(2 * (1 + tiny(k)))));
      something.push_back(ask(Exact(2 * (1 - tiny(k)))));
    }
  // rho m^(-1/8) with m = 256 is f sqrt(d)/(2 sqrt(pi)): 1 at f = 2 sqrt(pi/d).
  const Exact root = numeric::parse_exact("1.7724538509055160272981674833411451827975").value();
  for (const char* clause : {"1a", "2a"})
    for (const unsigned k : kDistances) {
      const auto ask = [&](const Exact& factor) {
        Question q{
            "lemma-4.3", clause, "literal", {"d=4", "n=1", "m=256", "eta=1", "sigma=1000", "replicas=4"}};
        q.constants.sign_factor = factor;
        return q;
      };
      nothing.push_back(ask(Exact(root * (1 + tiny(k)))));
      something.push_back(ask(Exact(root * (1 - tiny(k)))));
    }
  add_list(catalogue, "theorem-4.2, lemma-4.3 1a 2a", "bounds 0 ... 1e-1 above 1", Truth::vacuous,
           std::move(nothing));
  add_list(catalogue, "theorem-4.2, lemma-4.3 1a 2a", "bounds 1e-30 ... 1e-1 below 1", Truth::claims,
           std::move(something));
}

}  // namespace

void add_laws(Catalogue& catalogue) {
  add_identities(catalogue);
  add_simulated_oscillation(catalogue);
  add_convergence(catalogue);
  add_alignment(catalogue);
  add_vacuity(catalogue);
}

}  // namespace escapement::calibration

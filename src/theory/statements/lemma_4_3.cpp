// Lemma 4.3 (diminishing at each step) [LabelNoise2026]: A1-2, A4-6, still lazy at step T. With probability at least
// 1 - O(1/m), for all j <= T1 and every i, over the next (xi, eps):
//   1a. DeltaW_i(j) <= 0 with probability at least 1 - rho m^(-1/8), rho = 2 sqrt(d)/sqrt(pi);
//   1b. DeltaW_i(j) <= -(sigma/4)^2 with probability at least 1/4;
//   2a. DeltaW_i(j) > 0 with probability at most rho m^(-1/8);   2b. DeltaW_i(j) <= O(1).
// The inner probabilities are finite sums over the 2n cases, computed without sampling in every state that is evaluated; the
// outer one is over the start and the run. Rows `literal` and `typical` put a number K for each O(.) and test
// P(some lazy state breaks the clause) <= K/m on independent runs (2b: DeltaW_i <= K as well). A run breaks the clause if an evaluated state does; it
// keeps the clause only if every lazy state up to T1 was evaluated. `limit`: m -> infinity, by the neurons' law
// at the start; 2b by a ladder of runs.
// Boundary cases: rho m^(-1/8) >= 1, where 1a and 2a claim nothing; d = 1, where DeltaW_i > 0 has probability 0 or 1;
// sigma = 0, where 1b asks for DeltaW_i <= 0 alone; K/m >= 1.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/diminishing_runs.h"
#include "escapement/theory/inside/diminishing_inside.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/diminishing_limit.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;
using Replica = DiminishingReplica;

enum class Clause { sign, size, bound };  // 1a and 2a are the same event; 1b; 2b

constexpr long kBits = 192;
constexpr std::size_t kStandIn = 2000, kRungs = 5;
constexpr std::uint32_t kLeast = 8, kMost = 400;
constexpr std::uint32_t kPlanned = 120;  // trials that a budget is planned for
constexpr std::uint64_t kMostWidth = 20'000, kDoublingStates = 20, kMostEvery = 100'000;

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  if (config.population != config::Population::sample) set(config, "n", std::to_string(kStandIn));
  return config;
}

// Of the shares in one state.
double state_seconds(const config::Config& c) {
  const double cases = static_cast<double>(c.m) * static_cast<double>(c.n);
  return cases * (static_cast<double>(c.d) * 4e-10 + 6e-9) + 2e-6;
}

// A clause and a reading, with the numbers that a run is held against.
struct Test {
  Clause clause = Clause::sign;
  bool typical = false;
  double sign = 1, size = 0, largest = 0;

  bool breaks(const Replica& r) const {
    if (clause == Clause::sign) return typical ? r.mean_positive > sign : r.sign_broken;
    if (clause == Clause::size) return typical ? r.mean_sized < size : r.size_broken;
    return (typical ? r.mean_largest : r.largest) > largest;
  }
  double worst(const std::vector<Replica>& replicas) const {
    double value = clause == Clause::size ? 1 : 0;
    for (const Replica& r : replicas) {
      if (clause == Clause::sign) value = std::max(value, typical ? r.mean_positive : r.most_positive);
      if (clause == Clause::size) value = std::min(value, typical ? r.mean_sized : r.least_sized);
      if (clause == Clause::bound) value = std::max(value, typical ? r.mean_largest : r.largest);
    }
    return value;
  }
};

std::string states_of(const std::vector<Replica>& replicas) {
  std::uint64_t states = 0, last = 0;
  for (const Replica& r : replicas) {
    states += r.states;
    last = std::max(last, r.last_lazy);
  }
  const auto whole =
      std::count_if(replicas.begin(), replicas.end(), [](const Replica& r) { return r.complete; });
  return fmt::format("{} lazy states of {} runs, up to step {}; in {} runs these are all lazy states", states,
                     replicas.size(), last, whole);
}

std::string claim_of(const Question& question, Clause clause, bool typical) {
  const std::string K = numeric::to_string(question.constant),
                    who = typical ? "a neuron drawn at random" : "every neuron";
  const std::string outer = " in every lazy state up to T1, with probability at least 1 - K/m, K = " + K;
  if (clause == Clause::sign)
    return fmt::format("DeltaW_i > 0 with probability at most rho m^(-1/8) = {} over (xi, eps), for {}{}",
                       text_of(sign_bound(question.config.d, question.config.m, question.constants), 4), who,
                       outer);
  if (clause == Clause::size)
    return fmt::format("DeltaW_i <= -(sigma/4)^2 with probability at least 1/4 over (xi, eps), for {}{}", who,
                       outer);
  return fmt::format("the largest DeltaW_i over (xi, eps) is at most K, for {}{}", who, outer);
}

Finding judge(const Question& question, Laboratory& laboratory, Clause clause, bool typical) {
  const numeric::WorkingPrecision precision(kBits);
  const config::Config& config = question.config;
  const PaperConstants& constants = question.constants;
  const Ball inner = sign_bound(config.d, config.m, constants);
  const Ball bound = Ball::from(question.constant) / Ball::from(Exact(config.m));
  Finding finding;
  finding.claim = claim_of(question, clause, typical);
  finding.bound = text_of(bound);
  finding.evidence = Evidence::computed;
  if (clause == Clause::sign && less(inner, Ball(1)) != Truth::yes) {
    finding.outcome = Outcome::vacuous;
    finding.basis =
        fmt::format("A probability is never above rho m^(-1/8) = {}: nothing is claimed below m = {}.",
                    text_of(inner), first_sign_claim(config.d, constants).str());
    return finding;
  }
  if (less(bound, Ball(1)) != Truth::yes) {
    finding.outcome = Outcome::vacuous;
    finding.basis =
        fmt::format("A probability of failure is never above K/m = {}: nothing is claimed.", finding.bound);
    return finding;
  }
  if (config.m > kMostWidth) {
    finding.basis = fmt::format(
        "m = {} is too wide to evaluate every neuron of a run; reading `limit` uses the "
        "neurons' law.",
        config.m.str());
    return finding;
  }
  // A 2b bound of K m^-p, p = 0 in print.
  const Ball most = Ball::from(question.constant) *
                    numeric::pow(Ball::from(Exact(config.m)), Exact(-constants.step_bound_exponent));
  const Test test{clause, typical, inner.mid_double(), static_cast<double>(constants.size_probability),
                  most.mid_double()};
  // States in turn as far as the budget goes for kPlanned trials, then at doubling steps.
  const std::uint32_t affordable =
      laboratory.repetitions(kPlanned * state_seconds(config), 0, static_cast<std::uint32_t>(kMostEvery));
  const DiminishingPlan plan{
      config.m, std::max<std::uint64_t>(1, affordable > kDoublingStates ? affordable - kDoublingStates : 1)};
  const double seconds = static_cast<double>(plan.every + kDoublingStates) * state_seconds(config);
  const std::uint32_t trials =
      config.is_set("replicas") ? config.replicas : laboratory.repetitions(seconds, kLeast, kMost);
  std::vector<Replica> own;
  const Tested tested = laboratory.test_collected(
      bound, trials, question.alpha, plan.name(),
      [&](std::uint32_t first, std::uint32_t count) {
        return diminishing_texts(config, plan.name(), first, count, constants, laboratory);
      },
      [&](std::uint32_t, const std::string& text) {
        own.push_back(diminishing_replica_of(text));
        return test.breaks(own.back()) ? Truth::yes : own.back().complete ? Truth::no : Truth::unknown;
      });
  own.resize(tested.sample.trials);  // the group goes on after the replica that decides
  finding.sample = tested.sample;
  finding.evidence = Evidence::sampled;
  finding.outcome = tested.outcome;
  finding.measured = text_of(
      Ball::dyadic(static_cast<double>(tested.sample.failures) / static_cast<double>(tested.sample.trials)),
      4);
  finding.basis = fmt::format(
      "Independent runs, tested in sequence against P(fail) <= K/m: {} of {} fail; measured is that share. "
      "Every "
      "case of (xi, eps) in {}; the worst value is {}.",
      tested.sample.failures, tested.sample.trials, states_of(own),
      text_of(Ball::dyadic(test.worst(own)), 4));
  if (tested.sample.ambiguous > 0)
    finding.basis += fmt::format(
        " {} runs without an exception have lazy states that were not evaluated: they count for neither "
        "side.",
        tested.sample.ambiguous);
  finding.basis += budget_note(tested.outcome, seconds);
  return finding;
}

// 2b with both constants hidden: the largest DeltaW of a few runs at each width, no error probability.
Finding bound_limit(const Question& question, Laboratory& laboratory) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      "the largest DeltaW_i over (xi, eps), every neuron and every lazy state up to T1 is at most some K for "
      "all m";
  finding.bound = "K";
  Ladder ladder{"m", "m", "mean over runs of the largest DeltaW_i", {}};
  double worst = 0, spent = 0;
  for (BigInt m = config.m; ladder.rungs.size() < kRungs && m >= 4 && m <= kMostWidth; m /= 2) {
    config::Config there = config;
    there.m = m;
    spent += kLeast * kDoublingStates * state_seconds(there);
    if (laboratory.repetitions(spent, 0, 1) == 0) break;
    double sum = 0;
    for (const Replica& r : diminishing_replicas(config, {m}, kLeast, question.constants, laboratory)) {
      sum += r.largest;
      worst = std::max(worst, r.largest);
    }
    const Ball width = Ball::from(Exact(m));
    add_rung(ladder, m.str(), width, numeric::pow(width, Exact(-question.constants.step_bound_exponent)),
             Ball::dyadic(sum / kLeast));
  }
  if (ladder.rungs.empty()) {
    finding.basis = "The budget, or the width, does not allow a run whose neurons are all evaluated.";
    return finding;
  }
  std::reverse(ladder.rungs.begin(), ladder.rungs.end());
  const std::string d = std::to_string(config.d), eta = numeric::to_string(config.eta);
  finding.measured = text_of(Ball::dyadic(worst), 4);
  conclude(finding, std::move(ladder), {{"d", d, d}, {"eta", eta, eta}});
  finding.basis = fmt::format(
      "{} runs of this seed at each width, states at steps 0, 1, 2, 4, ...: no error probability. Measured "
      "is the "
      "largest of all. {}",
      kLeast, describe(*finding.ladder));
  return finding;
}

}  // namespace

Statement lemma_4_3() {
  std::vector<Claim> claims;
  const auto add = [&](const char* clause, Clause kind, bool typical, std::string text) {
    Claim claim;
    claim.clause = clause;
    claim.reading = typical ? "typical" : "literal";
    claim.text = std::move(text);
    claim.judge = [=](const Question& q, Laboratory& laboratory) {
      return judge(q, laboratory, kind, typical);
    };
    claim.samples = true;
    claim.inside = [=](const Question& q, Laboratory&) {
      return kind == Clause::sign   ? sign_inside(q, typical)
             : kind == Clause::size ? size_inside(q, typical)
                                    : bound_inside(q, typical);
    };
    claim.replicas = [](const Question& q, Laboratory& laboratory, const std::string& what,
                        std::uint32_t first, std::uint32_t count) {
      const numeric::WorkingPrecision precision(kBits);
      return diminishing_texts(q.config, what, first, count, q.constants, laboratory);
    };
    claims.push_back(std::move(claim));
  };
  for (const bool typical : {false, true}) {
    const std::string who = typical ? ", for a neuron drawn at random" : ", for every neuron";
    add("1a", Clause::sign, typical, "DeltaW_i <= 0 with probability at least 1 - rho m^(-1/8)" + who);
    add("1b", Clause::size, typical, "DeltaW_i <= -(sigma/4)^2 with probability at least 1/4" + who);
    add("2a", Clause::sign, typical, "DeltaW_i > 0 with probability at most rho m^(-1/8)" + who);
    add("2b", Clause::bound, typical, "DeltaW_i is bounded by a constant" + who);
  }
  for (const char* clause : {"1a", "1b", "2a", "2b"}) {
    Claim claim;
    const bool size = std::string(clause) == "1b", bound = std::string(clause) == "2b";
    claim.clause = clause;
    claim.reading = "limit";
    claim.text = bound  ? "DeltaW_i is bounded by a constant that does not depend on m"
                 : size ? "1b for every neuron, m -> infinity, by the neurons' law at the start"
                        : "the sign for every neuron, m -> infinity, by the neurons' law at the start";
    claim.judge = [size, bound](const Question& q, Laboratory& laboratory) {
      const numeric::WorkingPrecision precision(kBits);
      return bound ? bound_limit(q, laboratory) : size ? size_limit(q) : sign_limit(q);
    };
    claim.runs = bound;
    if (bound)
      claim.replicas = [](const Question& q, Laboratory& laboratory, const std::string& what,
                          std::uint32_t first, std::uint32_t count) {
        const numeric::WorkingPrecision precision(kBits);
        return diminishing_texts(q.config, what, first, count, q.constants, laboratory);
      };
    claims.push_back(std::move(claim));
  }
  return {"lemma-4.3",
          "Lemma 4.3 (diminishing at each step)",
          "still lazy at step T: with probability at least 1 - O(1/m), for all j <= T1 and every i, "
          "DeltaW_i(j) <= 0 with "
          "probability at least 1 - rho m^(-1/8), <= -(sigma/4)^2 with probability at least 1/4, > 0 with "
          "probability at "
          "most rho m^(-1/8), and <= O(1), where rho = 2 sqrt(d)/sqrt(pi)",
          {"A1", "A2", "A4", "A5", "A6"},
          {"d", "m", "n", "eta", "sigma", "theta_norm"},
          {"init"},
          std::move(claims),
          setting};
}

}  // namespace escapement::theory

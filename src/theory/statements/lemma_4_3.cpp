// Lemma 4.3 (diminishing at each step) [LabelNoise2026]: A1-2, A4-6, still lazy at step T. With probability at least
// 1 - O(1/m), for all j <= T1 and every i, over the next (xi, eps):
//   1a. DeltaW_i(j) <= 0 with probability at least 1 - rho m^(-1/8), rho = 2 sqrt(d)/sqrt(pi);
//   1b. DeltaW_i(j) <= -(sigma/4)^2 with probability at least 1/4;
//   2a. DeltaW_i(j) > 0 with probability at most rho m^(-1/8);   2b. DeltaW_i(j) <= O(1).
// The inner probabilities are finite sums over the 2n cases, computed without sampling in every state looked at; the
// outer one is over the start and the run. Boundary cases: rho m^(-1/8) >= 1, where 1a and 2a claim nothing; d = 1,
// where DeltaW_i > 0 has probability 0 or 1; sigma = 0.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/among_many.h"
#include "escapement/theory/condition.h"
#include "escapement/theory/diminishing_runs.h"
#include "escapement/theory/inside/diminishing_inside.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;
using Replica = DiminishingReplica;

enum class Clause { sign, size, bound };  // 1a and 2a are the same event; 1b; 2b

constexpr long kBits = 192;
constexpr std::size_t kRungs = 5, kBriefRungs = 3, kStandIn = 2000;
constexpr std::uint32_t kLeast = 8, kMost = 400;
constexpr std::uint64_t kMostWidth = 20'000;
constexpr unsigned kFirstRung = 64;  // of the law at the start, times the first width that claims anything

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  if (config.population != config::Population::sample) set(config, "n", std::to_string(kStandIn));
  return config;
}

// The least m at which rho m^(-1/8) < 1.
BigInt first_claim(std::size_t d, const PaperConstants& constants) {
  const Ball rho = Ball::from(constants.sign_factor) * sqrt(Ball(static_cast<int>(d)) / numeric::pi());
  return numeric::ceiling(numeric::power(rho, 8)).value_or(BigInt(0));
}

double nominal_seconds(const config::Config& c) {
  const double cases = static_cast<double>(c.m) * static_cast<double>(c.n);
  return 12 * cases * (static_cast<double>(c.d) * 4e-10 + 6e-9) + 1e-3;
}

// Where no sample is needed: neurons of the NTK start beyond the sign bound, by their law, against 1/m.
Ladder start_ladder(const config::Config& config, const BigInt& from, std::size_t rungs,
                    const PaperConstants& constants) {
  Ladder ladder{
      "m", "m", "probability that a neuron of the start breaks the bound, standard normal inputs", {}};
  BigInt m = from;
  for (std::size_t i = 0; i < rungs; ++i, m *= 8) {
    const Ball width = Ball::from(Exact(m));
    const Ball one = sign_exception_at_start(config.d, m, sign_bound(config.d, m, constants));
    add_rung(ladder, m.str(), width, Ball(1) / width, stats::among_many(one, m).at_least_one);
  }
  return ladder;
}

// 1b breaks for certain where a neuron of the start is short: against 1/m, at any width.
Ladder short_ladder(const config::Config& config, std::size_t rungs, const PaperConstants& constants) {
  Ladder ladder{"m", "m", "probability (a lower bound) that a neuron of the start is too short for 1b", {}};
  config::Config narrow = config;
  narrow.m = 1;
  const model::Instance data = model::make_instance(narrow, config.replica);
  const Ball c_data = sqrt(Ball::from(max_input_squared(data).value_or(Exact(0))));
  const Exact unit = config.sigma / constants.size_divisor;
  BigInt m = config.m;
  for (std::size_t i = 0; i < rungs; ++i, m *= 8) {
    const Ball width = Ball::from(Exact(m));
    add_rung(ladder, m.str(), width, Ball(1) / width,
             size_exception_at_start(config.d, m, config.sigma, Exact(unit * unit), c_data,
                                     Ball::from(config.theta_norm)));
  }
  return ladder;
}

// The trial's view of a replica: does the clause fail in this reading?
bool fails(const Replica& r, Clause clause, bool typical, double sign, double size) {
  if (clause == Clause::sign) return typical ? r.mean_positive > sign : r.sign_broken;
  return typical ? r.mean_sized < size : r.size_broken;
}

double worst(const std::vector<Replica>& replicas, Clause clause, bool typical) {
  double value = clause == Clause::size ? 1 : 0;
  for (const Replica& r : replicas) {
    if (clause == Clause::sign) value = std::max(value, typical ? r.mean_positive : r.most_positive);
    if (clause == Clause::size) value = std::min(value, typical ? r.mean_sized : r.least_sized);
    if (clause == Clause::bound) value = std::max(value, typical ? r.mean_largest : r.largest);
  }
  return value;
}

std::string states_of(const std::vector<Replica>& replicas) {
  std::uint64_t states = 0, last = 0;
  for (const Replica& r : replicas) {
    states += r.states;
    last = std::max(last, r.last_lazy);
  }
  return fmt::format("{} lazy states of {} replicas, up to step {}", states, replicas.size(), last);
}

std::vector<BigInt> widths_below(const BigInt& m, std::size_t count) {
  std::vector<BigInt> widths;
  for (BigInt w = m; widths.size() < count && w >= 4; w /= 2) widths.insert(widths.begin(), w);
  return widths;
}

// 2b: the constant itself, along m.
Finding judge_bound(const Question& question, Laboratory& laboratory, bool typical) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      typical ? "the largest DeltaW_i over (xi, eps) of a neuron drawn at random is at most K, in every lazy "
                "state"
              : "the largest DeltaW_i over (xi, eps) and all neurons is at most K, in every lazy state";
  finding.evidence = Evidence::sampled;
  finding.bound = "K";
  Ladder ladder{"m", "m", typical ? "mean over neurons of the largest DeltaW_i" : "largest DeltaW_i", {}};
  std::vector<Replica> own;
  for (const BigInt& m : widths_below(config.m, question.brief ? kBriefRungs : kRungs)) {
    own = diminishing_replicas(config, m, kLeast, question.constants, laboratory);
    double sum = 0;
    for (const Replica& r : own) sum += typical ? r.mean_largest : r.largest;
    const Ball width = Ball::from(Exact(m));
    add_rung(ladder, m.str(), width, numeric::pow(width, Exact(-question.constants.step_bound_exponent)),
             Ball::dyadic(sum / static_cast<double>(own.size())));
  }
  finding.outcome = judge_ladder(ladder);
  finding.measured = text_of(Ball::dyadic(worst(own, Clause::bound, typical)), 4);
  finding.basis = fmt::format("Every case of (xi, eps) in {} at m = {}. {}", states_of(own), config.m.str(),
                              describe(ladder));
  finding.ladder = std::move(ladder);
  return finding;
}

Finding judge_probability(const Question& question, Laboratory& laboratory, Clause clause, bool typical) {
  const config::Config& config = question.config;
  const PaperConstants& constants = question.constants;
  const Ball bound = sign_bound(config.d, config.m, constants);
  Finding finding;
  const char* who = typical ? "a neuron drawn at random" : "every neuron";
  finding.evidence = Evidence::sampled;
  std::optional<Ladder> at_start;
  if (clause == Clause::sign) {
    finding.claim = fmt::format(
        "DeltaW_i > 0 with probability at most rho m^(-1/8) = {} over (xi, eps), for {} in every "
        "lazy state, with probability at least 1 - O(1/m)",
        text_of(bound, 4), who);
    finding.bound = text_of(bound);
    const BigInt first = first_claim(config.d, constants);
    const bool vacuous = less(bound, Ball(1)) != Truth::yes;
    if (!typical) {
      at_start = start_ladder(config, std::max(config.m, BigInt(kFirstRung * (first + 1))),
                              question.brief ? kBriefRungs : kRungs, constants);
      judge_ladder(*at_start);
    }
    if (vacuous) {
      finding.outcome = Outcome::vacuous;
      finding.evidence = Evidence::computed;
      finding.basis = fmt::format("A probability is never above {}: nothing is claimed below m = {}.",
                                  finding.bound, first.str());
      if (at_start) {
        finding.basis += " Well beyond, at the start and for standard normal inputs, by the neurons' law: " +
                         describe(*at_start);
        finding.ladder = std::move(at_start);
      }
      return finding;
    }
  } else {
    finding.claim = fmt::format(
        "DeltaW_i <= -(sigma/4)^2 with probability at least 1/4 over (xi, eps), for {} in every lazy "
        "state, with probability at least 1 - O(1/m)",
        who);
    finding.bound = numeric::to_string(constants.size_probability);
    if (!typical && config.init.kind == config::Init::Kind::ntk && config.init.factor == 1 &&
        config.sigma > 0 && constants.size_probability > 0) {
      at_start = short_ladder(config, question.brief ? kBriefRungs : kRungs, constants);
      judge_ladder(*at_start);
    }
  }
  const bool enumerated = config.m <= kMostWidth;
  const double sign = bound.mid_double(), size = static_cast<double>(constants.size_probability);
  Ladder ladder{"m", "m", "share of replicas with an exception", {}};
  Outcome grows = Outcome::undecided;
  if (enumerated) {
    const std::uint32_t count =
        question.brief ? kLeast : laboratory.repetitions(nominal_seconds(config), kLeast, kMost);
    const std::vector<Replica> own = diminishing_replicas(config, config.m, count, constants, laboratory);
    const Ball q = Ball::from(question.constant) / Ball::from(Exact(config.m));
    const Tested tested = laboratory.test(q, count, question.alpha, [&](std::uint32_t r) {
      return numeric::truth(fails(own[r], clause, typical, sign, size));
    });
    finding.sample = tested.sample;
    finding.outcome = tested.outcome == Outcome::holds ? Outcome::holds : Outcome::undecided;
    finding.measured = text_of(Ball::dyadic(worst(own, clause, typical)), 4);
    finding.basis =
        fmt::format("Every case of (xi, eps) in {}; measured is the worst. Against P(fail) <= {}/m: {}.",
                    states_of(own), numeric::to_string(question.constant), to_string(tested.outcome));
    for (const BigInt& m : widths_below(config.m, question.brief ? kBriefRungs : kRungs)) {
      const std::vector<Replica> there =
          m == config.m
              ? own
              : diminishing_replicas(config, m, question.brief ? kLeast : 2 * kLeast, constants, laboratory);
      const double limit = sign_bound(config.d, m, constants).mid_double();
      const auto bad = std::count_if(there.begin(), there.end(), [&](const Replica& r) {
        return fails(r, clause, typical, limit, size);
      });
      const Ball width = Ball::from(Exact(m));
      add_rung(ladder, m.str(), width, Ball(1) / width,
               Ball(static_cast<int>(bad)) / Ball(static_cast<int>(there.size())));
    }
    grows = judge_ladder(ladder);
    finding.basis += " " + describe(ladder);
  } else {
    if (at_start) finding.measured = text_of(at_start->rungs.front().measured, 4);
    finding.basis = fmt::format("m = {} is too wide to look at every neuron of a run.", config.m.str());
  }
  if (at_start) {
    const Outcome law = at_start->exponent_low > 0    ? Outcome::violated
                        : at_start->exponent_high < 0 ? Outcome::holds
                                                      : Outcome::undecided;
    finding.basis +=
        (clause == Clause::sign ? " At the start, for standard normal inputs, by the neurons' law: "
                                : " At the start, a neuron short enough breaks 1b in every case, and its "
                                  "probability does not fall with m: ") +
        describe(*at_start);
    if (law == Outcome::violated) {
      finding.outcome = Outcome::violated;
      finding.evidence = Evidence::computed;
      finding.measured += " at this m, K = " + text_of(at_start->rungs.front().constant, 3);
    }
    finding.ladder = std::move(at_start);
    return finding;
  }
  if (grows == Outcome::violated) finding.outcome = Outcome::violated;
  if (!ladder.rungs.empty()) finding.ladder = std::move(ladder);
  return finding;
}

}  // namespace

Statement lemma_4_3() {
  std::vector<Claim> claims;
  const auto add = [&](const char* clause, Clause kind, bool typical, std::string text) {
    claims.push_back({clause,
                      typical ? "typical" : "literal",
                      std::move(text),
                      [=](const Question& q, Laboratory& laboratory) {
                        const numeric::WorkingPrecision precision(kBits);
                        return kind == Clause::bound ? judge_bound(q, laboratory, typical)
                                                     : judge_probability(q, laboratory, kind, typical);
                      },
                      true,
                      [=](const Question& q, Laboratory&) {
                        return kind == Clause::sign   ? sign_inside(q, typical)
                               : kind == Clause::size ? size_inside(q, typical)
                                                      : bound_inside(q, typical);
                      },
                      {},
                      [](const Question& q, Laboratory& laboratory, const std::string& what,
                         std::uint32_t first, std::uint32_t count) {
                        const numeric::WorkingPrecision precision(kBits);
                        return diminishing_texts(q.config, what, first, count, q.constants, laboratory);
                      }});
  };
  for (const bool typical : {false, true}) {
    const std::string who = typical ? ", for a neuron drawn at random" : ", for every neuron";
    add("1a", Clause::sign, typical, "DeltaW_i <= 0 with probability at least 1 - rho m^(-1/8)" + who);
    add("1b", Clause::size, typical, "DeltaW_i <= -(sigma/4)^2 with probability at least 1/4" + who);
    add("2a", Clause::sign, typical, "DeltaW_i > 0 with probability at most rho m^(-1/8)" + who);
    add("2b", Clause::bound, typical, "DeltaW_i is bounded by a constant" + who);
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
          std::move(claims),
          setting};
}

}  // namespace escapement::theory

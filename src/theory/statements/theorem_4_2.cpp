// Theorem 4.2 (escape) [LabelNoise2026]: A1-2, A4-6, label-noise SGD. With probability at least 1 - O(1/m), all neurons
// have left the lazy regime at T1 = 384 sqrt(log m)/(sigma^2 eta^2 sqrt(m)).
// Readings: literal, all m neurons; norm-floor, all neurons with |w_i(0)| >= 1/2; fraction, the share of neurons that
// outside; `limit`, each of the three as eta -> 0 and then m -> infinity, by the slow flow (inside/wide_escape.h). Two things are looked at: all m neurons of each replica, one by one; and, given the replica's P(T1), the
// law of a single neuron, which sees failures of any rarity. Boundary cases: sigma = 0, where T1 is never; m = 1, where
// log m = 0; a width beyond about 2/eta, where the run diverges, which no assumption excludes.
#include <algorithm>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/among_many.h"
#include "escapement/theory/condition.h"
#include "escapement/theory/escape_runs.h"
#include "escapement/theory/inside/wide_escape.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/escape_chance.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;

using Reading = EscapeReading;

constexpr long kBits = 128;
constexpr std::size_t kRungs = 5, kBriefRungs = 3;  // m, m/2, m/4, ...
constexpr std::uint32_t kLeast = 4, kMost = 400;
constexpr double kStepSeconds = 6e-9;  // of one step at d = 1 per entry of R and P, nominally

using Replica = EscapeReplica;

struct Ensemble {
  std::uint64_t steps = 0;
  std::vector<Replica> replicas;
  std::size_t completed() const {
    return static_cast<std::size_t>(std::count_if(replicas.begin(), replicas.end(), [](const Replica& r) {
      return r.outcome == observe::Outcome::completed;
    }));
  }
};

double nominal_seconds(const config::Config& config, double steps) {
  const double entries = static_cast<double>((config.d + 1) * (config.d + 2));
  return steps * (2e-8 + kStepSeconds * entries / 30) + 1e-8 * static_cast<double>(config.m) * entries;
}

// Replicas of one width; empty where no run gets to T1.
Ensemble ensemble(const config::Config& config, bool few, const PaperConstants& constants,
                  Laboratory& laboratory) {
  Ensemble result;
  result.steps = escape_steps(config, constants);
  if (result.steps == 0) return result;
  const auto steps = static_cast<double>(result.steps);
  const std::uint32_t count = few ? kLeast
                              : config.is_set("replicas")
                                  ? std::max(kLeast, config.replicas)
                                  : laboratory.repetitions(nominal_seconds(config, steps), kLeast, kMost);
  result.replicas = escape_replicas(config, count, constants, laboratory);
  return result;
}

// Mean over replicas of the probability that the reading fails, by the neurons' law.
Ball failing(const Ensemble& ensemble, const BigInt& m, Reading reading) {
  Ball sum;
  for (const Replica& r : ensemble.replicas) {
    const Ball p = reading == Reading::norm_floor ? r.law.long_stays : r.law.stays;
    sum += reading == Reading::fraction ? p : stats::among_many(p, m).at_least_one;
  }
  return sum / Ball(static_cast<int>(ensemble.replicas.size()));
}

bool usable(const Ensemble& e) {
  return !e.replicas.empty() && e.completed() == e.replicas.size() && e.replicas.front().has_law;
}

std::string divergence(const Ensemble& e, const BigInt& m) {
  if (e.replicas.empty() || e.completed() == e.replicas.size()) return "";
  const auto bad = std::find_if(e.replicas.begin(), e.replicas.end(),
                                [](const Replica& r) { return r.outcome != observe::Outcome::completed; });
  return fmt::format(
      " At m = {} {} of {} replicas did not reach T1: {} at step {}. No assumption excludes it.", m.str(),
      e.replicas.size() - e.completed(), e.replicas.size(), to_string(bad->outcome), bad->steps);
}

Finding judge(const Question& question, Laboratory& laboratory, Reading reading) {
  const config::Config& config = question.config;
  const numeric::WorkingPrecision precision(kBits);
  Finding finding;
  finding.evidence = Evidence::sampled;
  const Ball time = escape_time_of(config, question.constants);
  const char* who = reading == Reading::literal      ? "all neurons are"
                    : reading == Reading::norm_floor ? "all neurons with |w_i(0)| >= 1/2 are"
                                                     : "a share of at least 1 - O(1/m) of the neurons is";
  finding.claim = fmt::format("{} outside the lazy ball at T1 = {}{}", who, text_of(time),
                              reading == Reading::fraction ? "" : ", with probability at least 1 - O(1/m)");
  if (config.m == 1) {
    finding.outcome = Outcome::vacuous;
    finding.evidence = Evidence::computed;
    finding.basis = "m = 1: log m = 0, so T1 = 0, and 1 - O(1/m) claims nothing.";
    return finding;
  }
  const Ensemble here = ensemble(config, question.brief, question.constants, laboratory);
  if (here.replicas.empty()) {
    finding.basis = fmt::format("T1 = {} steps at m = {}: no step-by-step run gets there.", text_of(time),
                                config.m.str());
    return finding;
  }
  Ladder ladder{
      "m",
      "m",
      reading == Reading::fraction ? "expected share inside" : "probability that a neuron is inside",
      {}};
  std::string diverged;
  std::vector<BigInt> widths;
  for (BigInt m = config.m; widths.size() < (question.brief ? kBriefRungs : kRungs) && m >= 2; m /= 2)
    widths.insert(widths.begin(), m);
  for (const BigInt& m : widths) {
    config::Config there = config;
    there.m = m;
    const bool own = m == config.m;
    const Ensemble e = own ? here : ensemble(there, true, question.constants, laboratory);
    diverged += divergence(e, m);
    if (!usable(e)) continue;
    const Ball width = Ball::from(Exact(m)), fail = failing(e, m, reading);
    // The floor's upper bound says nothing of narrow networks, where it is 1.
    if (reading == Reading::norm_floor && less(fail, Ball(1) / Ball(2)) != Truth::yes) continue;
    add_rung(ladder, m.str(), width, Ball(1) / width, fail);
  }
  std::vector<Truth> failed;  // of the replicas that reached T1
  std::uint64_t neurons = 0;
  for (const Replica& r : here.replicas) {
    if (r.outcome != observe::Outcome::completed) continue;
    const bool floor = reading == Reading::norm_floor;
    neurons += r.neurons.inside;
    failed.push_back(floor ? r.neurons.some_long() : r.neurons.some());
  }
  const auto failures = std::count(failed.begin(), failed.end(), Truth::yes);
  const auto ambiguous = std::count(failed.begin(), failed.end(), Truth::unknown);
  finding.outcome = failed.empty() ? Outcome::undecided : judge_ladder(ladder);
  const Ball width = Ball::from(Exact(config.m));
  finding.bound = text_of(Ball(1) / width) + " K";
  if (usable(here)) finding.measured = text_of(failing(here, config.m, reading), 4);
  finding.basis = fmt::format(
      "{} replicas at m = {}: {} with a neuron inside{}{}. Given P(T1) of a replica, a neuron is inside with "
      "a probability "
      "that is a Gaussian integral, which measured shows{}, and the ladder holds against 1/m. {}{}",
      failed.size(), config.m.str(), failures, ambiguous > 0 ? fmt::format(", {} undecided", ambiguous) : "",
      reading == Reading::fraction ? fmt::format(" ({} neurons in all)", neurons) : "",
      reading == Reading::norm_floor ? " an upper bound of" : "", describe(ladder), diverged);
  if (reading != Reading::fraction && !failed.empty()) {
    const Tested tested =
        laboratory.test(Ball::from(question.constant) / width, static_cast<std::uint32_t>(failed.size()),
                        question.alpha, [&](std::uint32_t r) { return failed[r]; });
    finding.sample = tested.sample;
    if (finding.outcome == Outcome::undecided && tested.outcome == Outcome::holds)
      finding.outcome = Outcome::holds;
    finding.basis += fmt::format(" Against P(fail) <= {}/m the replicas alone say: {}.",
                                 numeric::to_string(question.constant), to_string(tested.outcome));
  }
  if (!ladder.rungs.empty()) finding.ladder = std::move(ladder);
  return finding;
}

}  // namespace

Statement theorem_4_2() {
  const auto reading = [](Reading r) {
    return [r](const Question& q, Laboratory& laboratory) { return judge(q, laboratory, r); };
  };
  const auto chance = [](Reading r) { return [r](const Question& q) { return escape_chance(q, r); }; };
  const auto inside = [](Reading r) {
    return [r](const Question& q, Laboratory& laboratory) { return escape_inside(q, laboratory, r); };
  };
  const auto replicas = [](const Question& q, Laboratory& laboratory, const std::string& what,
                           std::uint32_t first, std::uint32_t count) {
    return escape_texts(q.config, what, first, count, q.constants, laboratory);
  };
  const auto wide = [](Reading r) {
    return [r](const Question& q, Laboratory& laboratory) { return escape_as_m_grows(q, laboratory, r); };
  };
  return {
      "theorem-4.2",
      "Theorem 4.2 (escape)",
      "with probability at least 1 - O(1/m), all neurons have left the lazy regime at T1 = 384 sqrt(log "
      "m)/(sigma^2 "
      "eta^2 sqrt(m))",
      {"A1", "A2", "A4", "A5", "A6"},
      {"d", "m", "n", "eta", "sigma", "theta_norm"},
      {{"", "literal", "all m neurons are outside the lazy ball at T1", reading(Reading::literal), true,
        inside(Reading::literal), chance(Reading::literal), replicas},
       {"", "norm-floor", "all neurons with |w_i(0)| >= 1/2 are", reading(Reading::norm_floor), true,
        inside(Reading::norm_floor), chance(Reading::norm_floor), replicas},
       {"", "fraction", "the share of neurons outside is at least 1 - O(1/m)", reading(Reading::fraction),
        true, inside(Reading::fraction), chance(Reading::fraction), replicas},
       {"", "limit", "all m neurons, eta -> 0 and then m -> infinity", wide(Reading::literal)},
       {"", "limit-norm-floor", "all neurons with |w_i(0)| >= 1/2, in that limit", wide(Reading::norm_floor)},
       {"", "limit-fraction", "the share of neurons outside, in that limit", wide(Reading::fraction)}},
      label_noise_sgd_setting};
}

}  // namespace escapement::theory

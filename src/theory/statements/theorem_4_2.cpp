// Theorem 4.2 (escape) [LabelNoise2026]: A1-2, A4-6, label-noise SGD. With probability at least 1 - O(1/m), all neurons
// have left the lazy regime at T1 = 384 sqrt(log m)/(sigma^2 eta^2 sqrt(m)).
// Readings: literal, all m neurons; norm-floor, all neurons with |w_i(0)| >= 1/2; fraction, a neuron drawn at random. Each
// puts a number K for the constant in O(1/m) and tests P(fail) <= K/m on independent runs; the test alone decides.
// `limit`, each of the three as eta -> 0 and then m -> infinity, by the slow flow (inside/wide_escape.h).
// Beside the test, given a replica's P(T1), the law of a single neuron shows failures of any rarity, along m.
// Boundary cases: sigma = 0, where T1 is never; m = 1, where log m = 0; a width beyond about 2/eta, where the run
// diverges, which no assumption excludes: such a run counts for neither side.
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
constexpr std::size_t kRungs = 5;  // m, m/2, m/4, ...
constexpr std::uint32_t kLeast = 4, kMost = 400;
constexpr double kStepSeconds = 6e-9;  // of one step at d = 1 per entry of R and P, nominally

using Replica = EscapeReplica;
using Replicas = std::vector<Replica>;

double nominal_seconds(const config::Config& config, double steps) {
  const double entries = static_cast<double>((config.d + 1) * (config.d + 2));
  return steps * (2e-8 + kStepSeconds * entries / 30) + 1e-8 * static_cast<double>(config.m) * entries;
}

std::size_t completed(const Replicas& replicas) {
  return static_cast<std::size_t>(std::count_if(replicas.begin(), replicas.end(), [](const Replica& r) {
    return r.outcome == observe::Outcome::completed;
  }));
}

Truth fails(const Replica& r, Reading reading) {
  if (r.outcome != observe::Outcome::completed) return Truth::unknown;
  return reading == Reading::literal      ? r.neurons.some()
         : reading == Reading::norm_floor ? r.neurons.some_long()
                                          : r.neurons.first;
}

// Mean over replicas of the probability that the reading fails, by the neurons' law.
Ball failing(const Replicas& replicas, const BigInt& m, Reading reading) {
  Ball sum;
  for (const Replica& r : replicas) {
    const Ball p = reading == Reading::norm_floor ? r.law.long_stays : r.law.stays;
    sum += reading == Reading::fraction ? p : stats::among_many(p, m).at_least_one;
  }
  return sum / Ball(static_cast<int>(replicas.size()));
}

bool has_law(const Replicas& replicas) {
  return !replicas.empty() && completed(replicas) == replicas.size() && replicas.front().has_law;
}

std::string divergence(const Replicas& replicas, const BigInt& m) {
  if (completed(replicas) == replicas.size()) return "";
  const auto bad = std::find_if(replicas.begin(), replicas.end(),
                                [](const Replica& r) { return r.outcome != observe::Outcome::completed; });
  return fmt::format(
      " At m = {} {} of {} replicas did not reach T1: {} at step {}. No assumption excludes it.", m.str(),
      replicas.size() - completed(replicas), replicas.size(), to_string(bad->outcome), bad->steps);
}

// The configuration at each width of the ladder, its own the last, with the steps up to T1 there.
std::vector<config::Config> ladder_of_widths(const config::Config& config, const PaperConstants& constants) {
  std::vector<config::Config> widths;
  for (BigInt m = config.m; widths.size() < kRungs && m >= 2; m /= 2) {
    config::Config there = config;
    there.m = m;
    there.steps = escape_steps(there, constants);
    if (there.steps == 0) break;
    widths.insert(widths.begin(), std::move(there));
  }
  return widths;
}

// The least m with K/m < 1.
Exact first_width(const Exact& constant) {
  return Exact(BigInt(numerator(constant) / denominator(constant)) + 1);
}

// What the neurons' law says along m: information beside the test, which decides.
void describe_law(Finding& finding, const Question& question, Laboratory& laboratory, Reading reading,
                  const Replicas& own, const std::vector<config::Config>& widths) {
  Ladder ladder{"m",
                "m",
                reading == Reading::fraction ? "probability that a neuron is inside"
                : reading == Reading::norm_floor
                    ? "upper bound of the probability that a long neuron is inside"
                    : "probability that a neuron of m is inside",
                {}};
  std::string diverged;
  for (const config::Config& there : widths) {
    const bool here = there.m == question.config.m;
    const Replicas replicas = here ? own : escape_replicas(there, kLeast, question.constants, laboratory);
    diverged += here ? "" : divergence(replicas, there.m);
    if (!has_law(replicas)) continue;
    const Ball width = Ball::from(Exact(there.m)), fail = failing(replicas, there.m, reading);
    // The floor's upper bound says nothing of narrow networks, where it is 1.
    if (reading == Reading::norm_floor && less(fail, Ball(1) / Ball(2)) != Truth::yes) continue;
    add_rung(ladder, there.m.str(), width, Ball(1) / width, fail);
  }
  if (ladder.rungs.empty()) {
    finding.basis += diverged;
    return;
  }
  judge_ladder(ladder);
  finding.basis += fmt::format(
      " Apart from the test: given P(T1) of a replica, a neuron is inside with a probability that is a "
      "Gaussian "
      "integral; {} at m = {} is {} in the mean over replicas. Held against 1/m: {}{}",
      ladder.quantity, ladder.rungs.back().at, text_of(ladder.rungs.back().measured, 4), describe(ladder),
      diverged);
  finding.ladder = std::move(ladder);
}

Finding judge(const Question& question, Laboratory& laboratory, Reading reading) {
  config::Config config = question.config;
  const numeric::WorkingPrecision precision(kBits);
  Finding finding;
  finding.evidence = Evidence::sampled;
  const Ball time = escape_time_of(config, question.constants), width = Ball::from(Exact(config.m));
  const Ball bound = Ball::from(question.constant) / width;
  const char* who = reading == Reading::literal      ? "all neurons are"
                    : reading == Reading::norm_floor ? "all neurons with |w_i(0)| >= 1/2 are"
                                                     : "a neuron drawn at random is";
  finding.claim = fmt::format(
      "{} outside the lazy ball at T1 = {}, with probability at least 1 - K/m, K = {} put for O(1)", who,
      text_of(time), numeric::to_string(question.constant));
  finding.bound = text_of(bound);
  if (config.m == 1 || config.sigma == 0) {
    finding.outcome = Outcome::vacuous;
    finding.evidence = Evidence::computed;
    finding.basis = config.m == 1 ? "m = 1: log m = 0, so T1 = 0."
                                  : "sigma = 0: T1 is infinite, nothing is claimed of any step.";
    return finding;
  }
  if (less(bound, Ball(1)) != Truth::yes) {
    finding.outcome = Outcome::vacuous;
    finding.evidence = Evidence::computed;
    finding.basis =
        fmt::format("A probability of failure is never above K/m = {}: nothing is claimed below m = {}.",
                    finding.bound, numeric::to_string(first_width(question.constant)));
    return finding;
  }
  config.steps = escape_steps(config, question.constants);
  if (config.steps == 0) {
    finding.evidence = Evidence::computed;
    finding.basis = fmt::format("T1 = {} steps at m = {}: no step-by-step run gets there.", text_of(time),
                                config.m.str());
    return finding;
  }
  const std::vector<config::Config> widths =
      question.brief ? std::vector<config::Config>{config} : ladder_of_widths(config, question.constants);
  double all_widths = 0;
  for (const config::Config& there : widths)
    all_widths += kLeast * nominal_seconds(there, static_cast<double>(there.steps));
  const bool afforded = laboratory.repetitions(2 * all_widths, 0, 1) == 1;
  const double seconds = nominal_seconds(config, static_cast<double>(config.steps));
  const std::uint32_t most = config.is_set("replicas")
                                 ? config.replicas
                                 : laboratory.repetitions(afforded ? 2 * seconds : seconds, kLeast, kMost);
  const std::string name = config.m.str();
  Replicas own;
  const Tested tested = laboratory.test_collected(
      bound, most, question.alpha, name,
      [&](std::uint32_t first, std::uint32_t count) {
        return escape_texts(config, name, first, count, question.constants, laboratory);
      },
      [&](std::uint32_t, const std::string& text) {
        own.push_back(escape_replica_of(text));
        return fails(own.back(), reading);
      });
  own.resize(tested.sample.trials);  // the group goes on after the replica that decides
  finding.sample = tested.sample;
  finding.outcome = tested.outcome;
  finding.measured = text_of(
      Ball::dyadic(static_cast<double>(tested.sample.failures) / static_cast<double>(tested.sample.trials)),
      4);
  std::uint64_t neurons = 0;
  for (const Replica& r : own) neurons += r.neurons.inside;
  finding.basis = fmt::format(
      "Independent runs up to T1, tested in sequence against P(fail) <= K/m: {} of {} fail{}; measured is "
      "that "
      "share. {} neurons in all are inside.{}{}",
      tested.sample.failures, tested.sample.trials,
      tested.sample.ambiguous > 0 ? fmt::format(", {} count for neither side", tested.sample.ambiguous) : "",
      neurons, budget_note(tested.outcome, seconds), divergence(own, config.m));
  if (!question.brief)
    describe_law(finding, question, laboratory, reading, own,
                 afforded ? widths : std::vector<config::Config>{config});
  return finding;
}

Claim run_claim(Reading reading, const char* name, const char* text) {
  Claim claim;
  claim.reading = name;
  claim.text = text;
  claim.judge = [=](const Question& q, Laboratory& laboratory) { return judge(q, laboratory, reading); };
  claim.samples = true;
  claim.inside = [=](const Question& q, Laboratory& laboratory) {
    return escape_inside(q, laboratory, reading);
  };
  claim.chance = [=](const Question& q) { return escape_chance(q, reading); };
  claim.replicas = [](const Question& q, Laboratory& laboratory, const std::string& what, std::uint32_t first,
                      std::uint32_t count) {
    return escape_texts(q.config, what, first, count, q.constants, laboratory);
  };
  return claim;
}

Claim limit_claim(Reading reading, const char* name, const char* text) {
  Claim claim;
  claim.reading = name;
  claim.text = text;
  claim.judge = [=](const Question& q, Laboratory& laboratory) {
    return escape_as_m_grows(q, laboratory, reading);
  };
  return claim;
}

}  // namespace

Statement theorem_4_2() {
  std::vector<Claim> claims{
      run_claim(Reading::literal, "literal", "all m neurons are outside the lazy ball at T1"),
      run_claim(Reading::norm_floor, "norm-floor", "all neurons with |w_i(0)| >= 1/2 are"),
      run_claim(Reading::fraction, "fraction",
                "a neuron drawn at random is, with probability at least 1 - O(1/m)"),
      limit_claim(Reading::literal, "limit", "all m neurons, eta -> 0 and then m -> infinity"),
      limit_claim(Reading::norm_floor, "limit-norm-floor", "all neurons with |w_i(0)| >= 1/2, in that limit"),
      limit_claim(Reading::fraction, "limit-fraction", "a neuron drawn at random, in that limit")};
  return {"theorem-4.2",
          "Theorem 4.2 (escape)",
          "with probability at least 1 - O(1/m), all neurons have left the lazy regime at T1 = 384 sqrt(log "
          "m)/(sigma^2 "
          "eta^2 sqrt(m))",
          {"A1", "A2", "A4", "A5", "A6"},
          {"d", "m", "n", "eta", "sigma", "theta_norm"},
          {"init"},
          std::move(claims),
          label_noise_sgd_setting};
}

}  // namespace escapement::theory

// SAM's two phases [LabelNoise2026, extension; an empirical claim]: SAM on the parameters (W, a) shows the same two
// phases. As measurable events of a run, recorded at the configured steps:
//   the mean neuron norm falls below half its start before the mean |cosine| to theta* passes one half, and at the last
//   step |theta - theta*| <= |theta*|/10.
// The paper gives no probability and no radius: judged is that this happens in at least nine of ten runs, at the radius
// and horizon of the preset `sam` unless configured. Boundary cases: theta* = 0; rho = 0, which is SGD.
#include <cmath>

#include <fmt/format.h>

#include "escapement/config/presets.h"
#include "escapement/observe/columns.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/replica_text.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::Exact;

const Exact kFailing{1, 10}, kConverged{1, 10};
constexpr std::uint32_t kLeast = 8, kMost = 200;
constexpr std::uint64_t kRecords = 200;  // of a run
// The horizon of the preset `sam`, 400,000 steps at eta = 1/1000, |theta*| = 1 and rho = 1/5.
const Exact kGrowth = 400, kDecay = 16;
constexpr std::uint64_t kMostSteps = 100'000'000, kMostWidth = 1'000'000;  // of a trial

// A key that the user set keeps its value; a preset of another algorithm does not count.
bool chosen(const config::Config& config, std::string_view key) {
  return config.is_set(key) && config.source_of(key).find("preset") == std::string::npos;
}

config::Config setting(config::Config config) {
  const bool own_preset = config.algorithm == config::Algorithm::sam;
  set(config, "algorithm", "sam");
  for (const config::PresetEntry& entry : config::find_preset("sam").entries) {
    const bool ours = entry.key == "sigma" || entry.key == "rho" || entry.key == "steps";
    if (ours && !own_preset && !chosen(config, entry.key)) set(config, entry.key, entry.value);
  }
  set(config, "record", fmt::format("every:{}", std::max<std::uint64_t>(1, config.steps / kRecords)));
  set(config, "snapshots", "none");
  config.watch = 0;
  config.loss = config::Loss::half_square;
  if (!config.is_set("replicas")) config.replicas = 1;
  return config;
}

struct Phases {
  std::optional<std::uint64_t> shrunk, aligned;
  double distance = 0;  // at the end, of |theta*|
  bool completed = false;
};

Phases phases_of(const observe::Trajectory& run, const Exact& share, double theta_norm) {
  Phases result;
  result.completed = run.outcome == observe::Outcome::completed;
  const auto value = [](const observe::Record& record, observe::Column column) {
    const auto& v = record.values[static_cast<std::size_t>(column)];
    return v ? v->mid_double() : std::nan("");
  };
  const double part = static_cast<double>(share);
  for (const observe::Record& record : run.records) {
    const double norm = value(record, observe::Column::mean_norm);
    if (!result.shrunk && norm < part * value(run.records.front(), observe::Column::mean_norm))
      result.shrunk = record.step;
    if (!result.aligned && value(record, observe::Column::mean_abs_cosine) > part)
      result.aligned = record.step;
  }
  if (!run.records.empty())
    result.distance = value(run.records.back(), observe::Column::theta_distance) / theta_norm;
  return result;
}

bool shows_both(const Phases& p) {
  return p.completed && p.shrunk && p.aligned && *p.shrunk < *p.aligned &&
         p.distance <= static_cast<double>(kConverged);
}

double nominal_seconds(const config::Config& config) {
  return static_cast<double>(config.steps) * 3e-7 * static_cast<double>((config.d + 1) * (config.d + 1)) /
             441 +
         1e-7 * static_cast<double>(config.m) * static_cast<double>(kRecords);
}

const char* const kRuns = "runs";

// Claim::replicas: the configured runs.
std::vector<std::string> replica_texts(const Question& question, Laboratory& laboratory, const std::string&,
                                       std::uint32_t first, std::uint32_t count) {
  config::Config config = question.config;
  config.replica += first;
  const double norm = static_cast<double>(config.theta_norm);
  std::vector<std::string> texts(count);
  laboratory.trajectories(config, count, [&](std::uint32_t r, const observe::Trajectory& run) {
    const Phases p = phases_of(run, question.constants.phase_share, norm);
    ReplicaWriter text;
    text.add(p.completed).add(p.distance).add(p.shrunk.has_value()).add(p.shrunk.value_or(0));
    texts[r] = text.add(p.aligned.has_value()).add(p.aligned.value_or(0)).text();
  });
  return texts;
}

Phases phases_in(const std::string& text) {
  Phases p;
  bool shrunk = false, aligned = false;
  std::uint64_t shrunk_at = 0, aligned_at = 0;
  ReplicaReader(text)
      .read(p.completed)
      .read(p.distance)
      .read(shrunk)
      .read(shrunk_at)
      .read(aligned)
      .read(aligned_at);
  if (shrunk) p.shrunk = shrunk_at;
  if (aligned) p.aligned = aligned_at;
  return p;
}

// Where random directions are aligned before anything happens: the mean |cos| of m of them to theta*, of mean
// Gamma(d/2)/(sqrt(pi) Gamma((d+1)/2)) and second moment 1/d, is within three deviations of one half.
bool aligned_by_chance(const config::Config& config) {
  constexpr double kDeviations = 3;
  const auto d = static_cast<double>(config.d);
  const double mean = std::exp(std::lgamma(d / 2) - std::lgamma((d + 1) / 2)) / std::sqrt(std::acos(-1.0));
  const double variance = std::max(0.0, 1 / d - mean * mean) / static_cast<double>(config.m);
  return 2 * (mean + kDeviations * std::sqrt(variance)) > 1;
}

// Why the claim means nothing at this configuration; empty if it means something.
std::string degeneracy(const config::Config& config) {
  if (config.theta_norm == 0) return "theta* = 0 has no direction to align with";
  if (config.d == 1) return "d = 1: every neuron is aligned";
  if (config.population == config::Population::sample && config.n < 4 * config.d)
    return "n < 4 d: directions that the data hardly have take a longer horizon";
  if (aligned_by_chance(config))
    return "the mean |cos| of so few random vectors in so few dimensions reaches one half by chance";
  return "";
}

Finding judge(const Question& question, Laboratory& laboratory) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      "the mean norm falls below half its start before the mean |cosine| passes one half, and |theta - "
      "theta*| <= "
      "|theta*|/10 in the end, in more than nine of ten runs";
  finding.evidence = Evidence::sampled;
  finding.bound = numeric::to_string(kFailing);
  if (const std::string degenerate = degeneracy(config); !degenerate.empty()) {
    finding.outcome = Outcome::vacuous;
    finding.evidence = Evidence::computed;
    finding.basis = degenerate + ".";
    return finding;
  }
  const double seconds = nominal_seconds(config);
  const std::uint32_t most =
      config.is_set("replicas") ? config.replicas : laboratory.repetitions(seconds, kLeast, kMost);
  Phases first;
  const Tested tested = laboratory.test_collected(
      Ball::from(kFailing), most, question.alpha, kRuns,
      [&](std::uint32_t begun, std::uint32_t count) {
        return replica_texts(question, laboratory, kRuns, begun, count);
      },
      [&](std::uint32_t r, const std::string& text) {
        const Phases phases = phases_in(text);
        if (r == 0) first = phases;
        return phases.completed ? numeric::truth(!shows_both(phases)) : Truth::unknown;
      });
  finding.sample = tested.sample;
  finding.outcome = tested.outcome;
  const auto trials = static_cast<double>(tested.sample.trials);
  finding.measured = text_of(Ball::dyadic(static_cast<double>(tested.sample.failures) / trials), 3);
  const auto step = [](const std::optional<std::uint64_t>& s) {
    return s ? std::to_string(*s) : std::string("never");
  };
  finding.basis = fmt::format(
      "{} of {} runs of {} steps at rho = {} fail. In the first the mean norm is halved at step {}, the mean "
      "|cosine| passes "
      "one half at step {}, and |theta - theta*|/|theta*| ends at {:.3g}. The paper names neither a radius "
      "nor a "
      "probability.",
      tested.sample.failures, tested.sample.trials, config.steps, numeric::to_string(config.rho),
      step(first.shrunk), step(first.aligned), first.distance);
  finding.basis += budget_note(tested.outcome, seconds);
  return finding;
}

// None where the horizon is shorter than the preset's in the run's own times, 1/(eta |theta*|) and 1/(eta rho^2): that
// nothing has happened yet refutes nobody.
std::optional<Chance> chance_of(const Question& question) {
  const config::Config& config = question.config;
  const Exact time = config.eta * Exact(numeric::BigInt(config.steps));
  const bool late = time * config.theta_norm >= kGrowth && time * config.rho * config.rho >= kDecay;
  if (config.theta_norm == 0 || !late || config.steps > kMostSteps || config.m > kMostWidth)
    return std::nullopt;
  Chance chance;
  chance.bound = Ball::from(kFailing);
  chance.config = config;
  chance.constant = false;
  chance.nominal_seconds = 5e-5 + 2.5e-6 * static_cast<double>(config.steps) + nominal_seconds(config) +
                           1e-7 * static_cast<double>(config.n * config.d);
  chance.degenerate = degeneracy(config);
  const double norm = static_cast<double>(config.theta_norm);
  chance.trial = [norm, share = question.constants.phase_share](Laboratory& laboratory,
                                                                const config::Config& c, std::uint32_t r) {
    const Phases seen = phases_of(laboratory.trajectory(model::make_instance(c, c.replica + r)), share, norm);
    return seen.completed ? numeric::truth(!shows_both(seen)) : Truth::unknown;
  };
  return chance;
}

}  // namespace

Statement sam_phases() {
  return {
      "sam-phases",
      "SAM shows the same two phases",
      "theta <- theta - eta grad l(theta + rho grad l/|grad l|) on (W, a): first the neurons shrink, then "
      "they align and "
      "theta converges",
      {},
      {"d", "m", "n", "eta", "sigma", "rho", "theta_norm", "steps"},
      {"init", "batch", "noise", "schedule"},
      {{"",
        "literal",
        "norms halve before the mean |cosine| passes one half, and theta converges, in most runs",
        judge,
        true,
        {},
        chance_of,
        replica_texts}},
      setting};
}

}  // namespace escapement::theory

// Lemma 4.5 (alignment) [LabelNoise2026]: A1-3, A5-6. Phase II begins at t1 with |w_i|, |a_i| <= sqrt(eta); plain
// gradient descent. With T2 = ln(1/eta)/|theta*| and t2 = t1 + T2, for any neuron
//   |<theta*, w_i(t2)>| / (|theta*| |w_i(t2)|) >= 1 - O( ln(1/eta) sqrt(eta) ).
// Readings: T2 counted in steps (literal) or as flow time, T2/eta steps; any neuron, or neurons drawn uniformly.
// "Any" is judged on a start that the hypotheses allow: drawn neurons and one with no part in the growing mode.
// Boundary cases: d = 1, where every neuron is aligned; a neuron orthogonal to theta* with a = 0, which never moves.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/inside/phase_two_limit.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

namespace {

using numeric::Exact;

constexpr std::size_t kRungs = 5, kBriefRungs = 3;
constexpr double kMostSteps = 2e7;  // of one rung
constexpr std::uint64_t kMostWidth = 20'000;
constexpr double kQuantile = 0.9;
const Exact kFailing{1, 10};           // the share that kQuantile leaves
const Exact kLargestStep{1, 2};        // of an honest counterexample
constexpr std::size_t kPooled = 2000;  // drawn neurons, at least about so many

config::Config setting(config::Config config) {
  config = label_noise_sgd_setting(std::move(config));
  set(config, "algorithm", "gradient-descent");
  set(config, "batch", "full");
  set(config, "n", "population");
  config.m = least_width(config.eta);
  return config;
}

struct Deficits {
  double any = 0, typical = 0,
         degenerate = 0;  // 1 - |cos|: the largest, the 90% quantile, of the orthogonal neuron
  std::uint64_t steps = 0;
  std::size_t starts = 0;
};

// Steps until T2; may be beyond what a run can take.
double steps_to(const Exact& eta, const Exact& theta_norm, bool flow_time, const PaperConstants& constants) {
  const double step = static_cast<double>(eta);
  const double time =
      static_cast<double>(constants.alignment_time) * std::log(1 / step) / static_cast<double>(theta_norm);
  return std::ceil(flow_time ? time / step : time);
}

template <class T>
double deficit(const numeric::Rows<T>& z, std::size_t i, const numeric::Vector<T>& theta_star, double norm) {
  double along = 0, squared = 0;
  for (std::size_t j = 0; j < z.d(); ++j) {
    const double w = numeric::to_double(z.get(i, j));
    along += w * numeric::to_double(theta_star.get(j));
    squared += w * w;
  }
  return squared > 0 ? std::max(0.0, 1 - std::fabs(along) / (norm * std::sqrt(squared))) : 0;
}

// One start: neuron 0 has no part in the growing mode, neuron 1 is orthogonal (degenerate), the others are drawn.
// Their deficits after config.steps steps; empty where the run did not get there.
std::vector<double> deficits_of(const config::Config& config, std::uint32_t replica, Laboratory& laboratory) {
  model::Instance instance = model::make_instance(config, config.replica + replica);
  const double radius = std::sqrt(static_cast<double>(config.eta)),
               norm = static_cast<double>(config.theta_norm);
  std::vector<Row> rows{decaying_neuron(instance.theta_star, radius),
                        orthogonal_neuron(instance.theta_star, radius)};
  const auto drawn = std::max<std::size_t>(static_cast<std::size_t>(config.m), 3) - rows.size();
  for (Row& row : drawn_neurons(instance.stream, instance.d, drawn, radius)) rows.push_back(std::move(row));
  give_start(instance, rows);
  std::vector<double> all;
  LookWith look([&](const auto& sight) {
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t first, std::size_t size) {
      numeric::Rows<T> z(size, sight.state.d());
      sight.state.neurons(first, z);
      for (std::size_t i = 0; i < size; ++i) all.push_back(deficit(z, i, sight.problem.theta_star, norm));
    });
  });
  const RunEnd end = laboratory.run(instance, {config.steps}, look);
  return end.outcome == observe::Outcome::completed ? all : std::vector<double>();
}

// At one rung. Drawn neurons are pooled over as many starts as it takes for some thousand of them.
std::optional<Deficits> deficits_at(const config::Config& base, const Exact& eta, bool flow_time,
                                    bool generic, const PaperConstants& constants, Laboratory& laboratory) {
  config::Config config = base;
  config.eta = eta;
  config.m = least_width(eta);
  const double steps = steps_to(eta, base.theta_norm, flow_time, constants);
  if (!(steps <= kMostSteps) || config.m > kMostWidth) return std::nullopt;
  config.steps = static_cast<std::uint64_t>(steps);
  Deficits result;
  result.steps = config.steps;
  result.starts = generic ? 1 + kPooled / static_cast<std::size_t>(config.m) : 1;
  std::vector<std::vector<double>> starts(result.starts);
  laboratory.for_each(static_cast<std::uint32_t>(result.starts),
                      [&](std::uint32_t r) { starts[r] = deficits_of(config, r, laboratory); });
  std::vector<double> drawn;
  for (const std::vector<double>& one : starts) {
    if (one.size() < 3) return std::nullopt;
    result.degenerate = one[1];
    result.any = std::max({result.any, one[0], *std::max_element(one.begin() + 2, one.end())});
    drawn.insert(drawn.end(), one.begin() + 2, one.end());
  }
  std::sort(drawn.begin(), drawn.end());
  result.typical =
      drawn[static_cast<std::size_t>(std::ceil(kQuantile * static_cast<double>(drawn.size()))) - 1];
  return result;
}

Finding judge(const Question& question, Laboratory& laboratory, bool flow_time, bool generic) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      fmt::format("1 - |cos(w_i, theta*)| <= K ln(1/eta) sqrt(eta) {} t1 + {}, for {}",
                  flow_time ? "at flow time" : "at step",
                  flow_time ? "ln(1/eta)/|theta*| (that is, /eta steps)" : "ln(1/eta)/|theta*|",
                  generic ? "nine in ten neurons drawn uniformly from the ball of radius sqrt(eta)"
                          : "any neuron with |w_i|, |a_i| <= sqrt(eta)");
  if (config.theta_norm == 0) {
    finding.outcome = Outcome::vacuous;
    finding.basis = "theta* = 0 has no direction to align with.";
    return finding;
  }
  if (config.eta >= 1) {
    finding.outcome = Outcome::vacuous;
    finding.basis = "eta >= 1: ln(1/eta) is not positive.";
    return finding;
  }
  Ladder ladder{"eta", "1/eta", generic ? "90% quantile of 1 - |cos|" : "largest 1 - |cos|", {}};
  double degenerate = 0;
  std::uint64_t steps = 0;
  std::string beyond;
  for (const Exact& eta : falling_rungs(config.eta, question.brief ? kBriefRungs : kRungs)) {
    const auto deficits = deficits_at(config, eta, flow_time, generic, question.constants, laboratory);
    if (!deficits) {
      beyond = numeric::to_string(eta);
      break;
    }
    const Ball x = Ball::from(eta), log = -numeric::log(x);
    add_rung(ladder, numeric::to_string(eta), Ball(1) / x,
             log * numeric::pow(x, question.constants.alignment_exponent),
             Ball::dyadic(generic ? deficits->typical : deficits->any));
    degenerate = deficits->degenerate;
    steps = deficits->steps;
  }
  finding.outcome = config.d == 1 ? Outcome::holds : judge_ladder(ladder);
  finding.bound = ladder.rungs.empty() ? "" : text_of(ladder.rungs.front().bound);
  finding.measured = ladder.rungs.empty() ? "" : text_of(ladder.rungs.front().measured);
  finding.basis =
      "Gradient descent on the population from Phase II starts, run in floating point, m = "
      "ceil(1/sqrt(eta)). " +
      describe(ladder);
  if (!ladder.rungs.empty() && !generic)
    finding.basis += fmt::format(
        " The start holds a neuron with a = -<w, e>, no entry of it zero, which has no part in the growing "
        "mode; apart "
        "from the verdict, the degenerate neuron orthogonal to theta* with a = 0 ends at 1 - |cos| = {:.4g}.",
        degenerate);
  if (flow_time && generic && finding.outcome == Outcome::undecided && !question.brief) {
    // What runs leave open: a constant that falls as 1/ln(1/eta).
    Ladder beyond_runs = alignment_ladder(squaring_rungs(Exact(1, 1'000'000), kRungs), config.d, 1,
                                          config.theta_norm, true, true, question.constants);
    finding.outcome = judge_ladder(beyond_runs);
    finding.basis +=
        " Beyond what runs reach, by gradient flow in closed form with the neurons' means (a limit as m "
        "grows, "
        "not certified at one eta): " +
        describe(beyond_runs);
  }
  if (steps > 0) finding.basis += fmt::format(" {} steps at the last rung.", steps);
  if (!beyond.empty())
    finding.basis += fmt::format(" eta = {} would take more steps than a run can.", beyond);
  if (!ladder.rungs.empty()) finding.ladder = std::move(ladder);
  return finding;
}

// "Nine in ten drawn neurons" as P(1 - |cos| > K ln(1/eta) sqrt(eta)) <= 1/10 for the first of m drawn ones. At the largest
// eta the logarithm vanishes, which O(.) for eta -> 0 does not mean.
std::optional<Chance> chance_of(const Question& question, bool flow_time) {
  const config::Config& config = question.config;
  if (config.theta_norm == 0 || config.eta >= 1 || config.m > kMostWidth) return std::nullopt;
  const double steps = steps_to(config.eta, config.theta_norm, flow_time, question.constants);
  if (!(steps <= kMostSteps)) return std::nullopt;
  const double step = static_cast<double>(config.eta);
  const double most = static_cast<double>(question.constant) * std::log(1 / step) *
                      std::pow(step, static_cast<double>(question.constants.alignment_exponent));
  Chance chance;
  // 1 - |cos| is at most 1: a larger bound claims nothing.
  chance.bound = most >= 1 ? Ball(1) : Ball::from(Exact(kFailing));
  chance.config = config;
  chance.config.steps = static_cast<std::uint64_t>(steps);
  const auto entries = static_cast<double>(config.m) * static_cast<double>(config.d + 1);
  chance.nominal_seconds = 1e-5 + 5e-7 * entries + steps * (7e-7 + 1e-9 * entries);
  if (config.d == 1) chance.degenerate = "d = 1: every neuron is aligned";
  if (config.eta > kLargestStep)
    chance.degenerate =
        "eta > 1/2: ln(1/eta) vanishes as eta goes to 1, where O(.) for eta -> 0 says nothing";
  chance.trial = [most](Laboratory& laboratory, const config::Config& c, std::uint32_t r) {
    model::Instance instance = model::make_instance(c, c.replica + r);
    const double radius = std::sqrt(static_cast<double>(c.eta)), length = static_cast<double>(c.theta_norm);
    give_start(instance, drawn_neurons(instance.stream, instance.d, static_cast<std::size_t>(c.m), radius));
    double first = 0;
    LookWith look([&](const auto& sight) {
      using T = std::decay_t<decltype(sight.state.theta().get(0))>;
      model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t begin, std::size_t size) {
        if (begin != 0) return;
        numeric::Rows<T> z(size, sight.state.d());
        sight.state.neurons(begin, z);
        first = deficit(z, 0, sight.problem.theta_star, length);
      });
    });
    const RunEnd end = laboratory.run(instance, {c.steps}, look);
    return end.outcome != observe::Outcome::completed ? Truth::unknown : numeric::truth(first > most);
  };
  return chance;
}

}  // namespace

Statement lemma_4_5() {
  const auto reading = [](bool flow_time, bool generic) {
    return
        [=](const Question& q, Laboratory& laboratory) { return judge(q, laboratory, flow_time, generic); };
  };
  const auto inside = [](bool flow_time, bool generic) {
    return [=](const Question& q, Laboratory&) { return alignment_inside(q, flow_time, generic); };
  };
  return {
      "lemma-4.5",
      "Lemma 4.5 (alignment)",
      "with T2 = ln(1/eta)/|theta*| and t2 = t1 + T2, for any neuron |<theta*, w_i(t2)>| / (|theta*| "
      "|w_i(t2)|) >= 1 - "
      "O(ln(1/eta) sqrt(eta))",
      {"A1", "A2", "A3", "A5", "A6"},
      {"d", "m", "n", "eta", "theta_norm"},
      {{"", "literal", "any neuron, T2 counted in steps", reading(false, false), false, inside(false, false)},
       {"", "flow-time", "any neuron, T2/eta steps", reading(true, false), false, inside(true, false)},
       {"", "generic", "neurons drawn uniformly, T2 counted in steps", reading(false, true), false,
        inside(false, true), [](const Question& q) { return chance_of(q, false); }},
       {"", "flow-time+generic", "neurons drawn uniformly, T2/eta steps", reading(true, true), false,
        inside(true, true), [](const Question& q) { return chance_of(q, true); }}},
      setting};
}

}  // namespace escapement::theory

// The statistics below the rows, on data of known law: sequential tests of Bernoulli trials, and ladders of constants that
// stay bounded or grow.
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "escapement/stats/sequential_test.h"
#include "escapement/theory/ladder.h"

#include "calibration/family.h"

namespace escapement::calibration {

namespace {

using numeric::Ball;
using theory::Outcome;
using Random = std::mt19937_64;

// Uniform in (0, 1), the same everywhere.
double uniform(Random& random) { return (static_cast<double>(random() >> 12) + 0.5) * 0x1p-52; }

double normal(Random& random) {
  constexpr double kTurn = 6.283185307179586;
  const double radius = std::sqrt(-2 * std::log(uniform(random)));
  return radius * std::cos(kTurn * uniform(random));
}

constexpr std::uint32_t kTrials = 400;
constexpr double kPower = 0.8;  // at q/p = 1/2 and 2, p = 0.05 being the least that these trials can tell

struct Trials {
  double p = 0;
  double hidden = 0;  // share of trials whose outcome is not known, independently of what it is
};

Outcome tested(const Trials& trials, double q, std::uint64_t seed) {
  Random random(seed);
  stats::SequentialTest test(stats::LogBound::of(q), kAlpha, kAlpha);
  for (std::uint32_t i = 0; i < kTrials && test.finding() == stats::Finding::undecided; ++i) {
    const bool failed = uniform(random) < trials.p, hidden = uniform(random) < trials.hidden;
    test.add(hidden ? numeric::Truth::unknown : numeric::truth(failed));
  }
  switch (test.finding()) {
    case stats::Finding::violated: return Outcome::violated;
    case stats::Finding::holds: return Outcome::holds;
    case stats::Finding::vacuous: return Outcome::vacuous;
    case stats::Finding::undecided: break;
  }
  return Outcome::undecided;
}

void add_tests(Catalogue& catalogue) {
  const std::vector<std::pair<const char*, double>> distances{
      {"1/2", 0.5}, {"10/11", 10.0 / 11}, {"50/51", 50.0 / 51}, {"1", 1}, {"51/50", 1.02}, {"11/10", 1.1},
      {"2", 2}};
  for (const Trials& trials : {Trials{0.05, 0}, Trials{0.2, 0}, Trials{0.45, 0}, Trials{0.2, 0.02}}) {
    Experiment experiment;
    experiment.name = fmt::format("p = {}, {} of the trials unknown", trials.p, trials.hidden);
    experiment.share = 4;
    experiment.brief = trials.p == 0.45;
    for (const auto& [text, ratio] : distances) {
      const bool is_far = ratio == 0.5 || ratio == 2;
      experiment.families.push_back(
          catalogue.index_of({fmt::format("sequential test, {} trials", kTrials),
                              ratio > 1   ? Truth::holds
                              : ratio < 1 ? Truth::violated
                                          : Truth::border,
                              fmt::format("q/p = {}", text), is_far ? kPower : 0, false, is_far}));
    }
    experiment.ask = [trials, distances](std::uint64_t seed) {
      std::vector<Outcome> outcomes;
      for (const auto& [text, ratio] : distances) outcomes.push_back(tested(trials, ratio * trials.p, seed));
      return outcomes;
    };
    catalogue.experiments.push_back(std::move(experiment));
  }
}

// log K(x), x = 1/eta on a ladder of rungs a factor 4 apart.
struct Constants {
  const char* name;
  std::size_t rungs;
  double noise;  // standard deviation of log K
  double (*log_constant)(double x);
};

Outcome judged(const Constants& constants, std::uint64_t seed) {
  constexpr double kRatio = 4;
  Random random(seed);
  theory::Ladder ladder{"eta", "1/eta", "", {}};
  double x = 64;
  for (std::size_t i = 0; i < constants.rungs; ++i, x *= kRatio) {
    const double constant = std::exp(constants.log_constant(x) + constants.noise * normal(random));
    theory::add_rung(ladder, fmt::format("1/{}", x), Ball::dyadic(x), Ball(1), Ball::dyadic(constant));
  }
  return theory::judge_ladder(ladder);
}

void add_ladders(Catalogue& catalogue) {
  const auto add = [&](const Constants& constants, Truth truth, double power) {
    Experiment experiment;
    experiment.name = fmt::format("ladder of {} rungs, noise {}", constants.rungs, constants.noise);
    experiment.families = {catalogue.index_of({experiment.name, truth, constants.name, power, false, true})};
    experiment.ask = [constants](std::uint64_t seed) { return std::vector{judged(constants, seed)}; };
    catalogue.experiments.push_back(std::move(experiment));
  };
  const auto flat = [](double) { return 0.5; };
  const auto falling = [](double x) { return -0.3 * std::log(x); };
  const auto rising = [](double x) { return std::log1p(-1 / std::sqrt(x)); };
  const auto half = [](double x) { return 0.5 * std::log(x); };
  const auto tenth = [](double x) { return 0.1 * std::log(x); };
  const auto logarithm = [](double x) { return std::log(std::log(x)); };
  add({"K constant", 5, 0.02, flat}, Truth::bounded, 0.9);
  add({"K constant", 7, 0.5, flat}, Truth::bounded, 0.8);
  add({"K falls as x^-0.3", 5, 0.1, falling}, Truth::bounded, 0.99);
  add({"K rises to its limit", 5, 0.01, rising}, Truth::bounded, 0);
  add({"K grows as x^(1/2)", 5, 0.1, half}, Truth::growing, 0.99);
  add({"K grows as x^(1/2)", 5, 0, half}, Truth::growing, 1);
  add({"K grows as x^(1/10)", 7, 0.05, tenth}, Truth::growing, 0.95);
  add({"K grows as ln x", 5, 0.01, logarithm}, Truth::growing, 0.95);
  add({"K grows as ln x", 5, 0, logarithm}, Truth::growing, 1);
}

}  // namespace

void add_statistics(Catalogue& catalogue) {
  add_tests(catalogue);
  add_ladders(catalogue);
}

}  // namespace escapement::calibration

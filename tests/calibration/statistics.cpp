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

struct Trials {
  double p = 0;
  std::uint32_t count = 0;
  double hidden = 0;  // share of trials whose outcome is not known, independently of what it is
};

Outcome tested(const Trials& trials, double q, std::uint32_t seed) {
  Random random(seed);
  stats::SequentialTest test(stats::LogBound::of(q), kAlpha, kAlpha);
  for (std::uint32_t i = 0; i < trials.count && test.finding() == stats::Finding::undecided; ++i) {
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

void add_tests(std::vector<Family>& families) {
  struct Far {
    Trials trials;
    double power;  // at q/p = 1/2 and 2
  };
  for (const Far& far : {Far{{0.1, 2000, 0}, 0.99}, Far{{0.45, 2000, 0}, 0.99}, Far{{0.001, 20'000, 0}, 0.6},
                         Far{{0.1, 2000, 0.02}, 0.9}})
    for (const double ratio : {0.5, 1 / 1.1, 1 / 1.02, 1.0, 1.02, 1.1, 2.0}) {
      Family family;
      family.name =
          fmt::format("sequential test, {} trials{}", far.trials.count,
                      far.trials.hidden > 0 ? fmt::format(", {} of them unknown", far.trials.hidden) : "");
      family.fact = fmt::format("p = {}", far.trials.p);
      family.ratio = ratio;
      family.truth = ratio > 1 ? Truth::holds : ratio < 1 ? Truth::violated : Truth::border;
      family.minimum_power = ratio == 0.5 || ratio == 2 ? far.power : 0;
      family.brief = ratio != 1 && far.trials.count == 2000;
      family.decide = [trials = far.trials, q = ratio * far.trials.p](std::uint32_t seed) {
        return tested(trials, q, seed);
      };
      families.push_back(std::move(family));
    }
}

// log K(x), x = 1/eta on a ladder of rungs a factor 4 apart.
struct Constants {
  const char* name;
  std::size_t rungs;
  double noise;  // standard deviation of log K
  double (*log_constant)(double x);
};

Outcome judged(const Constants& constants, std::uint32_t seed) {
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

void add_ladders(std::vector<Family>& families) {
  const auto add = [&](const Constants& constants, Truth truth, double power) {
    Family family;
    family.name =
        fmt::format("ladder of {} rungs, noise {}: {}", constants.rungs, constants.noise, constants.name);
    family.truth = truth;
    family.minimum_power = power;
    family.brief = true;
    family.decide = [constants](std::uint32_t seed) { return judged(constants, seed); };
    families.push_back(std::move(family));
  };
  const auto flat = [](double) { return 0.5; };
  const auto falling = [](double x) { return -0.3 * std::log(x); };
  const auto rising = [](double x) { return std::log1p(-1 / std::sqrt(x)); };
  const auto half = [](double x) { return 0.5 * std::log(x); };
  const auto tenth = [](double x) { return 0.1 * std::log(x); };
  const auto logarithm = [](double x) { return std::log(std::log(x)); };
  add({"bounded, constant", 5, 0.1, flat}, Truth::bounded, 0.9);
  add({"bounded, constant", 7, 0.5, flat}, Truth::bounded, 0.9);
  add({"bounded, falls as x^-0.3", 5, 0.1, falling}, Truth::bounded, 0.99);
  add({"bounded, rises to its limit", 5, 0.01, rising}, Truth::bounded, 0);
  add({"grows as x^(1/2)", 5, 0.1, half}, Truth::growing, 0.99);
  add({"grows as x^(1/2)", 5, 0, half}, Truth::growing, 1);
  add({"grows as x^(1/10)", 7, 0.05, tenth}, Truth::growing, 0.95);
  add({"grows as ln x", 5, 0.01, logarithm}, Truth::growing, 0.95);
  add({"grows as ln x", 5, 0, logarithm}, Truth::growing, 1);
}

}  // namespace

std::vector<Family> statistics_families() {
  std::vector<Family> families;
  add_tests(families);
  add_ladders(families);
  return families;
}

}  // namespace escapement::calibration

// A statement that is not from the paper, judged like its own: gradient flow conserves |w_i|^2 - a_i^2, and gradient
// descent nearly does [Du2018]. With q = C (theta - theta*), one step changes it by eta^2 (a_i^2 |q|^2 - <w_i, q>^2), so
//   balanced   | change of |w_i|^2 - a_i^2 over T steps | <= eta^2 sum_j |q_j|^2 (|w_i(j)|^2 + a_i(j)^2), every i;
//   conserved  the change is 0, which is true of the flow and not of its steps.
// Prints the verdicts and fails unless they are what the algebra says.
#include <any>
#include <cstdint>
#include <iostream>
#include <numeric>
#include <string>
#include <type_traits>
#include <vector>

#include "escapement/config/load.h"
#include "escapement/judge/judge.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/setting.h"
#include "escapement/theory/statement.h"

using namespace escapement;
using numeric::Truth;
using theory::Outcome;

namespace {

constexpr std::uint64_t kSteps = 200;

// What the statement speaks of: gradient descent on the population, where C = I, in enclosures.
config::Config setting(config::Config config) {
  theory::set(config, "algorithm", "gradient-descent");
  theory::set(config, "batch", "full");
  theory::set(config, "n", "population");
  theory::set(config, "precision", "certified:256");
  config.steps = kSteps;
  return config;
}

// |w_i|^2 - a_i^2 of every neuron, and what one step may change it by, over eta^2.
template <class T>
struct Balance {
  std::vector<T> value, room;
};

template <class T>
Balance<T> balance_of(const theory::Sight<T>& sight) {
  Balance<T> result;
  T error = numeric::from_int<T>(0);  // |q|^2
  for (std::size_t j = 0; j < sight.state.d(); ++j) {
    const T q = sight.state.theta().get(j) - sight.problem.theta_star.get(j);
    error = error + q * q;
  }
  model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t first, std::size_t size) {
    numeric::Rows<T> z(size, sight.state.d());
    numeric::Vector<T> second(size);
    sight.state.neurons(first, z);
    get_second(z, second);
    for (std::size_t i = 0; i < size; ++i) {
      T squared = numeric::from_int<T>(0);
      for (std::size_t j = 0; j < z.d(); ++j) squared = squared + z.get(i, j) * z.get(i, j);
      const T a = second.get(i);
      result.value.push_back(squared - a * a);
      result.room.push_back(error * (squared + a * a));
    }
  });
  return result;
}

// Three-valued: enclosures may leave a neuron open.
template <class T>
Truth all_within(const Balance<T>& before, const Balance<T>& now, const std::vector<T>& allowed) {
  Truth all = Truth::yes;
  const T zero = numeric::from_int<T>(0);
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    const T change = now.value[i] - before.value[i];
    const Truth above = numeric::is_less(allowed[i], change),
                below = numeric::is_less(allowed[i], zero - change);
    if (above == Truth::yes || below == Truth::yes) return Truth::no;
    if (above == Truth::unknown || below == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

// max_i (|change of neuron i's balance| - allowed_i), which the claim bounds by 0.
template <class T>
T largest_excess(const Balance<T>& before, const Balance<T>& now, const std::vector<T>& allowed) {
  T largest = -allowed[0];
  for (std::size_t i = 0; i < allowed.size(); ++i)
    largest = numeric::maximum(largest, T(numeric::absolute(T(now.value[i] - before.value[i])) - allowed[i]));
  return largest;
}

theory::Finding judge(const theory::Question& question, theory::Laboratory& laboratory, bool exactly) {
  const config::Config& config = question.config;
  Truth within = Truth::unknown;
  numeric::Ball excess;
  // The steps are shown in order, each in the run's arithmetic; sums are kept in it too.
  std::any kept;
  theory::LookWith look([&](const auto& sight) {
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    struct Sums {
      Balance<T> start;
      std::vector<T> allowed;
    };
    Balance<T> now = balance_of(sight);
    if (sight.step == 0) kept = Sums{now, std::vector<T>(now.value.size(), numeric::from_int<T>(0))};
    auto& sums = *std::any_cast<Sums>(&kept);
    if (sight.step == config.steps) {
      within = all_within(sums.start, now, sums.allowed);
      if constexpr (std::is_same_v<T, numeric::Ball>) excess = largest_excess(sums.start, now, sums.allowed);
    }
    const T weight =
        numeric::from_exact<T>(exactly ? numeric::Exact(0) : numeric::Exact(config.eta * config.eta));
    for (std::size_t i = 0; i < sums.allowed.size(); ++i)
      sums.allowed[i] = sums.allowed[i] + weight * now.room[i];
  });
  std::vector<std::uint64_t> steps(config.steps + 1);
  std::iota(steps.begin(), steps.end(), std::uint64_t{0});
  const theory::RunEnd end = laboratory.run(model::make_instance(config, config.replica), steps, look);
  theory::Finding finding;
  finding.claim = exactly ? "|w_i|^2 - a_i^2 does not change"
                          : "|w_i|^2 - a_i^2 changes by at most eta^2 sum_j |q_j|^2 (|w_i(j)|^2 + a_i(j)^2)";
  finding.evidence = theory::Evidence::certified;
  finding.outcome = theory::outcome_of(within);
  finding.measured = excess.mid_string(12);
  finding.bound = "0";
  finding.radius = excess.radius_string();
  finding.basis = "One certified run of " + std::to_string(end.steps) +
                  " steps, every neuron; other starts, data and step sizes were not evaluated.";
  return finding;
}

theory::Statement balancedness() {
  const auto reading = [](bool exactly) {
    return [exactly](const theory::Question& q, theory::Laboratory& laboratory) {
      return judge(q, laboratory, exactly);
    };
  };
  return {
      "balancedness",
      "Balancedness",
      "gradient flow conserves |w_i|^2 - a_i^2",
      {},  // assumes none of A1-A6
      {"d", "m", "eta", "theta_norm"},
      {"n", "sigma", "seed", "steps"},
      {{"", "balanced", "the balance changes by at most the sum of the steps' second orders", reading(false)},
       {"", "conserved", "the balance does not change at all", reading(true)}},
      setting};
}

}  // namespace

int main() {
  config::Request request;
  request.sets = {"d=5", "m=12", "eta=1/100", "theta_norm=1", "seed=7"};
  const config::Config config = config::load(request);
  const theory::Statement statement = balancedness();
  std::vector<Outcome> found;
  for (const theory::Claim& claim : statement.claims) {
    const theory::Verdict verdict = judge::judge_row({&statement, &claim}, config, {}, 0.05, 1, false);
    std::cout << verdict.statement << ", " << verdict.reading << ": " << to_string(verdict.outcome) << " ("
              << to_string(verdict.evidence) << ")\n  " << verdict.claim << "\n  " << verdict.basis << '\n';
    found.push_back(verdict.outcome);
  }
  return found == std::vector<Outcome>{Outcome::holds, Outcome::violated} ? 0 : 1;
}

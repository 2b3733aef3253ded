// Rows that sample: P(fail) <= q at configurations whose P(fail) the oracles know (tests/oracles/planted_*.py), with q on
// both sides of it. The minimum powers were set before the first run.
#include <map>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "calibration/ask.h"
#include "calibration/family.h"

namespace escapement::calibration {

namespace {

using numeric::Exact;

// q/p, and the power that is asked for there.
struct Distance {
  Exact ratio;
  double power = 0;
  bool brief = false;
};

struct Plan {
  std::string truth;  // its name in the oracle's file
  std::uint32_t trials = 0;
  // None where the truth has a K or a q of its own.
  std::vector<Distance> distances = {};
  double power = 0;  // of such a truth
};

constexpr std::uint32_t kFew = 400, kMany = 20'000;
const Exact kHalf{1, 2}, kTenthBelow{10, 11}, kBelow{50, 51}, kAbove{51, 50}, kTenthAbove{11, 10};

// Close to p no power can be asked of so few trials: there only wrong decisions count.
std::vector<Distance> around(double power_below, double power_above, const Exact& farthest = 2,
                             bool brief = false) {
  return {{kHalf, power_below, brief},   {kTenthBelow}, {kBelow}, {1}, {kAbove}, {kTenthAbove},
          {farthest, power_above, brief}};
}

std::vector<Plan> plans() {
  return {
      {"one step", kFew, around(0.99, 0.99, 2, true)},
      {"one step", kMany, {{kTenthBelow, 0.8}, {1}, {kTenthAbove, 0.8}}},
      {"two steps", kFew, around(0.95, 0.95)},
      {"long neurons, one step", kFew, around(0.95, 0.95)},
      {"long neurons, two steps", kFew, around(0.5, 0.8)},
      {"one of three, one step", kFew, around(0.95, 0.95)},
      {"one of four, two steps", kFew, around(0.5, 0.8)},
      {"64 neurons", kFew, around(0.95, 0.95)},
      {"64 long neurons", kFew, around(0.95, 0.95)},
      {"1a, one dimension", kFew, around(0.99, 0.95, {4, 3}, true)},
      {"1a, one dimension", kMany, {{kBelow, 0.5}, {1}, {kAbove, 0.5}}},
      {"2a, one input", kFew, around(0.99, 0.95, {13, 10})},
      {"1a, three of eight", kFew, around(0.95, 0.95)},
      {"2a, two inputs", kFew, around(0.99, 0.95, {4, 3})},
      {"1b, two inputs", kFew, around(0.99, 0.95, {4, 3}, true)},
      {"1b, large noise", kFew, around(0.99, 0.99)},
      {"2b, mean, 1/2", kFew, {}, 0.99},
      {"2b, mean, 10/11", kFew},
      {"2b, mean, 50/51", kFew},
      {"2b, mean, 1", kFew},
      {"2b, mean, 51/50", kFew},
      {"2b, mean, 11/10", kFew},
      {"2b, mean, 3/2", kFew, {}, 0.95},
      {"2b, one neuron, 1/2", kFew, {}, 0.95},
      {"2b, one neuron, 10/11", kFew},
      {"2b, one neuron, 50/51", kFew},
      {"2b, one neuron, 1", kFew},
      {"2b, one neuron, 51/50", kFew},
      {"2b, one neuron, 11/10", kFew},
      {"2b, one neuron, 3/2", kFew, {}, 0.95},
  };
}

Exact number(const nlohmann::json& truth, const char* key) {
  return numeric::parse_exact(truth.at(key).get<std::string>()).value();
}

Family family_of(const nlohmann::json& truth, std::uint32_t trials, const Distance& distance) {
  const Exact p = number(truth, "p"), m = truth.at("m").get<int>();
  const bool own_constant = truth.contains("constant"), own_bound = truth.contains("bound");
  Question question{truth.at("statement"), truth.at("clause"), truth.at("reading"),
                    truth.at("sets").get<std::vector<std::string>>()};
  question.sets.push_back("m=" + numeric::to_string(m));
  question.sets.push_back("replicas=" + std::to_string(trials));
  question.constant = own_constant ? number(truth, "constant") : Exact(distance.ratio * p * m);
  if (truth.contains("planted"))
    for (const auto& [field, value] : truth.at("planted").items()) plant(question.constants, field, value);
  const Exact ratio = (own_bound ? number(truth, "bound") : Exact(question.constant / m)) / p;
  // A K of its own was solved for to six digits: q within that of p is on the border.
  const Exact slack = own_constant ? Exact(1, 10'000) : Exact(0);
  Family family;
  family.name =
      fmt::format("{} {}{}: {}; {} trials", question.id, question.clause.empty() ? "" : question.clause + " ",
                  question.reading, truth.at("name").get<std::string>(), trials);
  family.fact = fmt::format("p = {:.5f}", static_cast<double>(p));
  family.ratio = static_cast<double>(ratio);
  family.truth = ratio > 1 + slack ? Truth::holds : ratio < 1 - slack ? Truth::violated : Truth::border;
  family.minimum_power = distance.power;
  family.brief = distance.brief;
  family.decide = [question = std::move(question)](std::uint32_t seed) { return answer(question, seed); };
  return family;
}

}  // namespace

std::vector<Family> sampled_families() {
  std::map<std::string, nlohmann::json> truths;
  for (const nlohmann::json& truth : oracle("planted-truth.json")) truths[truth.at("name")] = truth;
  std::vector<Family> families;
  std::set<std::string> used;
  for (const Plan& plan : plans()) {
    const nlohmann::json& truth = truths.at(plan.truth);
    used.insert(plan.truth);
    if (plan.distances.empty()) families.push_back(family_of(truth, plan.trials, {1, plan.power}));
    for (const Distance& distance : plan.distances)
      families.push_back(family_of(truth, plan.trials, distance));
  }
  if (used.size() != truths.size()) throw std::logic_error("an oracle's truth is in no plan");
  return families;
}

}  // namespace escapement::calibration

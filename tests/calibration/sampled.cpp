// Rows that sample: P(fail) <= q at configurations whose P(fail) the oracles know (tests/oracles/planted_*.py), with q on
// both sides of it. The minimum powers were set before the first run.
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "calibration/ask.h"
#include "calibration/family.h"

namespace escapement::calibration {

namespace {

using numeric::Exact;
using Truths = std::map<std::string, nlohmann::json>;  // by name

constexpr std::uint32_t kTrials = 400, kMany = 2000, kSamTrials = 200;
constexpr double kSamShare = 0.8;                  // of the seeds: these runs are long
constexpr std::uint64_t kSeedsApart = 1ull << 32;  // no two configurations share a seed

// Where a configuration is asked: q/p, under the name of a family, with the power that is asked for there. Close to p no
// power can be asked of so few trials: there only wrong decisions count.
struct Distance {
  std::string where;
  Exact ratio;
  double power = 0;
};

std::vector<Distance> around(const Exact& farthest) {
  return {{"q/p = 1/2", {1, 2}, 0.8},         {"q/p = 10/11", {10, 11}},
          {"q/p = 50/51", {50, 51}},          {"q/p = 1", 1},
          {"q/p = 51/50", {51, 50}},          {"q/p = 11/10", {11, 10}},
          {"q/p = 13/10 to 2", farthest, 0.8}};
}
const std::vector<Distance> kClose{{"q/p = 10/11", {10, 11}, 0.9}, {"q/p = 11/10", {11, 10}, 0.9}};

struct Plan {
  std::string
      truth;  // its name in the oracle's file, or what the names of those with a K of their own begin with
  Exact farthest;
  bool own_constants = false, brief = false;
};

const std::vector<Plan>& plans() {
  static const std::vector<Plan> list{
      {"one step", 2, false, true},
      {"two steps", 2},
      {"long neurons, one step", 2},
      {"long neurons, two steps", 2},
      {"one of three, one step", 2},
      {"one of four, two steps", 2},
      {"64 neurons", 2},
      {"64 long neurons", 2},
      {"1a, one dimension", {4, 3}, false, true},
      {"2a, one input", {13, 10}},
      {"1a, three of eight", 2},
      {"2a, two inputs", {4, 3}},
      {"1b, two inputs", {4, 3}, false, true},
      {"1b, large noise", 2},
      {"2b, mean", {3, 2}, true},
      {"2b, one neuron", {3, 2}, true},
  };
  return list;
}

Exact number(const nlohmann::json& truth, const char* key) {
  return numeric::parse_exact(truth.at(key).get<std::string>()).value();
}

Question question_of(const nlohmann::json& truth, std::uint32_t trials) {
  Question question{truth.at("statement"), truth.at("clause"), truth.at("reading"),
                    truth.at("sets").get<std::vector<std::string>>()};
  question.sets.push_back("m=" + std::to_string(truth.at("m").get<int>()));
  question.sets.push_back("replicas=" + std::to_string(trials));
  if (truth.contains("planted"))
    for (const auto& [field, value] : truth.at("planted").items()) plant(question.constants, field, value);
  return question;
}

// From q/p itself. A K that solves K/m = P(K) is known to a part in 1000: so close counts as the border.
Truth truth_at(const Exact& ratio) {
  const Exact slack{1, 1000};
  return ratio > 1 + slack ? Truth::holds : ratio < 1 - slack ? Truth::violated : Truth::border;
}

class Builder {
 public:
  Builder(Catalogue& catalogue, const Truths& truths) : catalogue_(catalogue), truths_(truths) {}

  // A row with K/m on its right-hand side, at each distance on the same replicas.
  void add(const Plan& plan, const std::vector<Distance>& distances, std::uint32_t trials) {
    std::vector<Exact> constants;
    Experiment experiment;
    experiment.brief = plan.brief;
    const nlohmann::json* truth = nullptr;
    for (const Distance& distance : distances) {
      const std::string name = plan.own_constants ? plan.truth + ", " + distance.ratio.str() : plan.truth;
      truth = &truths_.at(name);
      const Exact p = number(*truth, "p"), m = truth->at("m").get<int>();
      constants.push_back(plan.own_constants ? number(*truth, "constant") : Exact(distance.ratio * p * m));
      // Close to p wrong decisions come with nearly alpha: it takes both statements' configurations to see that it is less.
      const std::string statement = truth->at("statement");
      const std::string family =
          fmt::format("{}, {} trials", distance.power > 0 ? statement : "theorem-4.2 and lemma-4.3", trials);
      experiment.families.push_back(
          catalogue_.index_of({family, truth_at(Exact(constants.back() / m / p)), distance.where,
                               distance.power, false, distance.power > 0 && trials == kTrials}));
    }
    ask(experiment, plan.truth, [question = question_of(*truth, trials), constants](std::uint64_t seed) {
      return answers(question, constants, seed);
    });
  }

  // A row with a number on its right-hand side.
  void add_fixed(const std::string& name, const std::string& where, double power, std::uint32_t trials,
                 double share) {
    const nlohmann::json& truth = truths_.at(name);
    const Exact ratio = number(truth, "bound") / number(truth, "p");
    Experiment experiment;
    experiment.share = share;
    experiment.families = {
        catalogue_.index_of({fmt::format("{}, {} trials", truth.at("statement").get<std::string>(), trials),
                             truth_at(ratio), where, power})};
    ask(experiment, name, [question = question_of(truth, trials)](std::uint64_t seed) {
      return std::vector{answer(question, seed)};
    });
  }

 private:
  template <class F>
  void ask(Experiment& experiment, const std::string& name, F f) {
    const std::uint64_t apart = kSeedsApart * catalogue_.experiments.size();
    experiment.name = name;
    experiment.ask = [f = std::move(f), apart](std::uint64_t seed) { return f(apart + seed); };
    catalogue_.experiments.push_back(std::move(experiment));
  }

  Catalogue& catalogue_;
  const Truths& truths_;
};

}  // namespace

void add_sampled_rows(Catalogue& catalogue) {
  Truths truths;
  for (const char* file : {"planted-truth.json", "planted-runs.json"})
    for (const nlohmann::json& truth : oracle(file)) truths[truth.at("name")] = truth;
  Builder builder(catalogue, truths);
  for (const Plan& plan : plans()) builder.add(plan, around(plan.farthest), kTrials);
  builder.add({"1a, one dimension", 2}, kClose, kMany);
  builder.add_fixed("1400 steps", "q/p below 2/3", 0.9, kSamTrials, kSamShare);
  builder.add_fixed("1600 steps", "q/p below 2/3", 0.9, kSamTrials, kSamShare);
  builder.add_fixed("2000 steps", "q/p close to 1", 0, kSamTrials, kSamShare);
  builder.add_fixed("2800 steps", "q/p above 4/3", 0.3, kSamTrials, kSamShare);
}

}  // namespace escapement::calibration

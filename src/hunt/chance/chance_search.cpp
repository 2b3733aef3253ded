#include "escapement/hunt/chance/chance_search.h"

#include <algorithm>

#include "escapement/config/keys.h"
#include "escapement/engine/parallel.h"
#include "escapement/judge/judge.h"

namespace escapement::hunt {

namespace {

constexpr std::uint32_t kChanceTasks = 8, kCandidates = 4;
constexpr std::uint32_t kGlance = 8;   // trials of a first look
constexpr double kGlanceAlpha = 1e-5;  // of a whole test on search streams

unsigned digits_of(const BigInt& x) { return x > 0 ? static_cast<unsigned>(msb(x)) + 1 : 0; }

struct TaskFinding {
  std::vector<std::pair<ChanceNiches::Kind, ChanceElite>> elites;
  std::uint64_t configurations = 0, trials = 0;
};

class Task {
 public:
  Task(const ChanceTarget& target, const Domain& domain, std::uint64_t seed,
       std::function<bool()> interrupted)
      : target_(target), domain_(domain), seed_(seed), laboratories_{1, std::move(interrupted)} {}

  TaskFinding run(const ChanceNiches& niches, std::uint64_t round, std::uint32_t task) {
    rc::Random random(mixed(mixed(mixed(seed_) ^ round) ^ task));
    Dice dice(random.split());
    std::vector<const ChanceElite*> parents;
    for (const auto& [kind, elite] : niches.all()) parents.push_back(&elite);
    for (std::uint32_t i = 0; i < kCandidates; ++i) {
      if (i % 2 == 0 || parents.empty()) {
        offer_first_of(dice);
        continue;
      }
      const ChanceElite& parent = *(i % 4 == 1 ? niches.best() : dice.among(parents));
      offer(mutate(target_, domain_, parent.values, dice));
    }
    return std::move(finding_);
  }

 private:
  // Most random configurations claim nothing or take too long: drawn again until one does not.
  void offer_first_of(Dice& dice) {
    constexpr int kDraws = 60;
    for (int k = 0; k < kDraws; ++k)
      if (offer(random_case(target_, domain_, dice))) return;
  }

  bool offer(const ChanceCase& c) {
    const auto chance = admit(target_, domain_, c);
    if (!chance) return false;
    const Streams streams = search_streams(seed_, c);
    // What runs is seldom inside; single assumptions are met often enough to be asked where it matters.
    if (domain_.inside && !keeps_assumptions(target_, domain_, *chance, streams)) return false;
    ++finding_.configurations;
    const std::uint32_t most = affordable_trials(*chance);
    const double one_fails = 1 / chance->bound.mid_double();
    const std::uint32_t glance =
        one_fails < most ? std::max(std::min(kGlance, most), static_cast<std::uint32_t>(one_fails)) : most;
    theory::Tested tested = test_chance(*chance, streams, glance, kGlanceAlpha, laboratories_);
    finding_.trials += tested.sample.trials;
    ChanceElite elite{c, margin_of(*chance, tested.sample), chance->degenerate.empty(), false};
    if (elite.margin > 0) {
      if (!keeps_assumptions(target_, domain_, *chance, streams)) return true;
      tested = test_chance(*chance, streams, most, kGlanceAlpha, laboratories_);
      finding_.trials += tested.sample.trials;
      elite.margin = margin_of(*chance, tested.sample);
      elite.suspect = tested.outcome == theory::Outcome::violated;
    }
    finding_.elites.emplace_back(ChanceNiches::kind_of(*chance), std::move(elite));
    return true;
  }

  const ChanceTarget& target_;
  const Domain& domain_;
  std::uint64_t seed_;
  Laboratories laboratories_;
  TaskFinding finding_;
};

}  // namespace

ChanceNiches::Kind ChanceNiches::kind_of(const theory::Chance& chance) {
  return {chance.config.d, digits_of(chance.config.m), digits_of(BigInt(chance.config.steps)),
          chance.degenerate.empty()};
}

bool ChanceNiches::offer(const Kind& kind, ChanceElite elite) {
  const auto at = elites_.find(kind);
  if (at != elites_.end() && at->second.margin >= elite.margin) return false;
  elites_.insert_or_assign(kind, std::move(elite));
  return true;
}

const ChanceElite* ChanceNiches::best() const {
  const ChanceElite* best = nullptr;
  for (const auto& [kind, elite] : elites_)
    if (best == nullptr || std::pair(elite.honest, elite.margin) > std::pair(best->honest, best->margin))
      best = &elite;
  return best;
}

std::optional<theory::Chance> admit(const ChanceTarget& target, const Domain& domain, const ChanceCase& c) {
  if (domain.ranges.count("eta") == 0 && c.at("eta") > 1) return std::nullopt;
  auto chance = chance_at(target, c);
  if (!chance || affordable_trials(*chance) == 0) return std::nullopt;
  if (numeric::less(chance->bound, Ball(1)) != Truth::yes) return std::nullopt;  // vacuous
  for (const auto& [key, range] : domain.ranges) {
    const auto value = numeric::parse_exact(config::value_of(chance->config, key));
    if (!value || *value < range.first || *value > range.second) return std::nullopt;
  }
  return chance;
}

bool keeps_assumptions(const ChanceTarget& target, const Domain& domain, const theory::Chance& chance,
                       const Streams& streams) {
  if (!domain.inside && domain.keep.empty()) return true;
  config::Config config = chance.config;
  config.seed = streams.seed;
  config.replica = streams.replica;
  for (const theory::Assumption& a : judge::regime_at(*target.statement, config, domain.inputs).assumptions)
    if (must_hold(domain, target.statement->assumes, a.name) && a.holds != Truth::yes) return false;
  return true;
}

ChanceRound search_chance(const ChanceTarget& target, const Domain& domain, const ChanceNiches& niches,
                          std::uint64_t seed, std::uint64_t round, const Laboratories& laboratories) {
  std::vector<TaskFinding> tasks(kChanceTasks);
  engine::for_each_piece(laboratories.threads, kChanceTasks, [&](std::uint32_t task) {
    tasks[task] = Task(target, domain, seed, laboratories.interrupted).run(niches, round, task);
  });
  ChanceRound result;
  for (TaskFinding& task : tasks) {
    result.configurations += task.configurations;
    result.trials += task.trials;
    for (auto& elite : task.elites) result.elites.push_back(std::move(elite));
  }
  return result;
}

}  // namespace escapement::hunt

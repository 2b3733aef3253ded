#include "escapement/hunt/search_round.h"

#include <algorithm>

#include "escapement/engine/parallel.h"
#include "escapement/hunt/climb.h"
#include "escapement/hunt/dice.h"
#include "escapement/hunt/generate.h"

namespace escapement::hunt {

namespace {

constexpr std::size_t kClimbed = 2;
constexpr int kSize = 100;  // RapidCheck's; our generator has sizes of its own

std::vector<const Elite*> parents_of(const Niches& niches) {
  std::vector<const Elite*> parents;
  for (const auto& [kind, elite] : niches.all()) parents.push_back(&elite);
  std::stable_sort(parents.begin(), parents.end(),
                   [](const Elite* a, const Elite* b) { return a->margin > b->margin; });
  return parents;
}

}  // namespace

TaskResult search_task(const Target& target, const Domain& domain, const Niches& niches, std::uint64_t seed,
                       std::uint64_t round, std::uint32_t task, const std::function<bool()>& stop) {
  rc::Random random(mixed(mixed(mixed(seed) ^ round) ^ task));
  Dice dice(random.split());
  const rc::Gen<Case> fresh = cases(target, domain);
  const std::vector<const Elite*> parents = parents_of(niches);
  TaskResult result;
  const auto offer = [&](Case c) {
    ++result.evaluations;
    if (!admit(target, domain, c)) return;
    const double value = score(target, c);
    if (value <= kNoScore || (value > 0 && !keeps_assumptions(target, domain, c))) return;
    const bool honest = target.degenerate(c).empty() || target.start == Start::likely;
    result.elites.push_back({std::move(c), value, honest});
  };
  for (std::uint32_t i = 0; i < kCandidates && !stop(); ++i) {
    if (i % 2 == 0 || parents.empty()) {
      offer(fresh(random.split(), kSize).value());
      continue;
    }
    // Every other parent is the best of all niches.
    const Elite& parent = *(i % 4 == 1 ? parents.front() : dice.among(parents));
    Case c = mutate(parent.values, dice);
    while (dice.one_in(2)) c = mutate(c, dice);
    offer(std::move(c));
  }
  std::stable_sort(result.elites.begin(), result.elites.end(), [](const Elite& a, const Elite& b) {
    return a.honest != b.honest ? a.honest : a.margin > b.margin;
  });
  for (std::size_t k = 0; k < std::min(kClimbed, result.elites.size()) && !stop(); ++k) {
    const Elite& from = result.elites[k];
    Climbed climbed = climb(target, domain, from.values, from.margin, kClimbEvaluations, stop);
    result.evaluations += climbed.evaluations;
    if (climbed.margin <= from.margin) continue;
    if (climbed.margin > 0 && !keeps_assumptions(target, domain, climbed.values)) continue;
    const bool honest = target.degenerate(climbed.values).empty() || target.start == Start::likely;
    result.elites.push_back({std::move(climbed.values), climbed.margin, honest});
  }
  return result;
}

std::vector<TaskResult> search_round(const Target& target, const Domain& domain, const Niches& niches,
                                     std::uint64_t seed, std::uint64_t round, unsigned threads,
                                     const std::function<bool()>& stop) {
  std::vector<TaskResult> results(kTasks);
  engine::for_each_piece(threads, kTasks, [&](std::uint32_t task) {
    results[task] = search_task(target, domain, niches, seed, round, task, stop);
  });
  return results;
}

}  // namespace escapement::hunt

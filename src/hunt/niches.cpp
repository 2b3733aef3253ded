#include "escapement/hunt/niches.h"

#include <algorithm>

namespace escapement::hunt {

bool Niches::offer(Elite elite) {
  if (elite.margin <= kNoScore) return false;
  const Case& c = elite.values;
  const Kind kind{c.rows.size(), c.d(), c.inputs.size(), elite.honest};
  const auto at = elites_.find(kind);
  if (at == elites_.end()) {
    elites_.emplace(kind, std::move(elite));
    return true;
  }
  const Elite& there = at->second;
  if (elite.margin < there.margin) return false;
  if (elite.margin == there.margin && !(simplicity(c) < simplicity(there.values))) return false;
  at->second = std::move(elite);
  return true;
}

void Niches::correct(const Case& values, double margin) {
  for (auto& [kind, elite] : elites_)
    if (elite.values == values) elite.margin = margin;
}

const Elite* Niches::best(bool honest) const {
  const Elite* best = nullptr;
  for (const auto& [kind, elite] : elites_)
    if (elite.honest == honest && (best == nullptr || elite.margin > best->margin)) best = &elite;
  return best;
}

std::vector<Elite> Niches::in_order() const {
  std::vector<Elite> list;
  for (const auto& [kind, elite] : elites_) list.push_back(elite);
  std::stable_sort(list.begin(), list.end(),
                   [](const Elite& a, const Elite& b) { return a.margin > b.margin; });
  return list;
}

}  // namespace escapement::hunt

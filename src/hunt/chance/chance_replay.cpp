#include "escapement/hunt/chance/chance_replay.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "escapement/hunt/chance/chance_confirm.h"
#include "escapement/hunt/chance/chance_shrink.h"

namespace escapement::hunt {

namespace {

ChanceReplay without_test(Replay outcome, std::string detail) {
  ChanceReplay result;
  result.outcome = outcome;
  result.detail = std::move(detail);
  return result;
}

}  // namespace

const ChanceTarget* target_of(const std::vector<ChanceTarget>& all, const ChanceCase& c) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const ChanceTarget& t) {
    return t.statement->id == c.claim && t.claim->clause == c.clause && t.claim->reading == c.reading;
  });
  return at == all.end() ? nullptr : &*at;
}

ChanceReplay replay(const std::vector<ChanceTarget>& targets, const StoredChance& stored,
                    const std::optional<std::uint64_t>& new_seed, const config::PrecisionChoice& precision,
                    const Laboratories& laboratories) {
  const ChanceCase& c = stored.values;
  const ChanceTest& t = stored.test;
  const ChanceTarget* target = target_of(targets, c);
  if (target == nullptr)
    return without_test(Replay::unknown_claim,
                        fmt::format("there is no claim {} {} {} about runs", c.claim, c.clause, c.reading));
  if (target->text() != stored.text)
    return without_test(Replay::stale, fmt::format("the claim is now '{}', the find was stored against '{}'",
                                                   target->text(), stored.text));
  const auto chance = chance_at(*target, c);
  if (!chance)
    return without_test(Replay::not_reproduced, "the claim says nothing there that a run can show");
  if (const std::string bound = bound_text(*chance); bound != t.bound)
    return without_test(
        Replay::stale,
        fmt::format("the bound there is now {}, the find was stored against {}", bound, t.bound));
  if (affordable_trials(*chance) == 0)
    return without_test(Replay::undecided, "a run there takes too long for a test");
  ChanceReplay result;
  result.streams = new_seed ? Streams{*new_seed, 0} : t.streams;
  const std::uint32_t most = new_seed ? std::max(t.most, affordable_trials(*chance)) : t.most;
  const theory::Tested tested = test_chance(*chance, result.streams, most, t.alpha, laboratories, precision);
  const theory::Sample& s = result.sample = tested.sample;
  result.outcome = tested.outcome == theory::Outcome::violated    ? Replay::reproduced
                   : tested.outcome == theory::Outcome::undecided ? Replay::undecided
                                                                  : Replay::not_reproduced;
  const bool same = s.trials == t.trials && s.failures == t.failures && s.ambiguous == t.ambiguous;
  if (new_seed || precision.kind != config::PrecisionChoice::Kind::binary64 || same) return result;
  result.outcome = Replay::not_reproduced;
  result.detail = fmt::format(
      "the stored streams give {} failures and {} undecided of {} trials, where {}, {} and {} are stored",
      s.failures, s.ambiguous, s.trials, t.failures, t.ambiguous, t.trials);
  return result;
}

std::vector<Dispensable> dispensable(const std::vector<ChanceTarget>& targets,
                                     const std::vector<ChanceEntry>& entries,
                                     const Laboratories& laboratories) {
  // What it has to go on with: the claim, degenerate or not, and which of A1..A6 hold.
  using Kind = std::tuple<std::string, std::string, std::string, bool, std::vector<std::string>>;
  std::vector<Dispensable> result;
  std::map<Kind, std::pair<const ChanceEntry*, Simplicity>> simplest;
  std::vector<const ChanceEntry*> standing;
  const auto kind_of = [](const StoredChance& s) {
    std::vector<std::string> held;
    for (const Hypothesis& h : s.hypotheses)
      if (h.holds == Truth::yes) held.push_back(h.name);
    return Kind{s.values.claim, s.values.clause, s.values.reading, s.degenerate.empty(), std::move(held)};
  };
  for (const ChanceEntry& entry : entries) {
    const Replay outcome = replay(targets, entry.stored, std::nullopt, {}, laboratories).outcome;
    if (outcome == Replay::stale || outcome == Replay::unknown_claim) continue;
    if (outcome != Replay::reproduced) {
      result.push_back({entry.file, to_string(outcome)});
      continue;
    }
    standing.push_back(&entry);
    const ChanceCase& c = entry.stored.values;
    Simplicity size = simplicity(c, *chance_at(*target_of(targets, c), c));
    const auto at = simplest.find(kind_of(entry.stored));
    if (at == simplest.end() || size < at->second.second)
      simplest.insert_or_assign(kind_of(entry.stored), std::pair(&entry, std::move(size)));
  }
  for (const ChanceEntry* entry : standing)
    if (simplest.at(kind_of(entry->stored)).first != entry)
      result.push_back({entry->file, "not the simplest of its kind"});
  return result;
}

StoredChance minimise(const ChanceTarget& target, const StoredChance& stored,
                      const theory::ConditionInputs& inputs, const Laboratories& laboratories) {
  Domain domain;
  domain.constant = stored.values.constant;
  domain.inputs = inputs;
  for (const Hypothesis& h : stored.hypotheses)
    if (h.holds == Truth::yes) domain.keep.insert(h.name);
  const std::uint64_t seed = stored.test.streams.seed;
  ChanceShrinking how;
  how.seed = seed;
  how.honest = stored.degenerate.empty();
  how.laboratories = laboratories;
  const ChanceShrunk shrunk = shrink(target, domain, stored.values, how);
  if (shrunk.taken == 0) return stored;
  Lineage lineage = stored.lineage;
  lineage.parent = content_hash(stored.values);
  lineage.shrinks += shrunk.taken;
  const std::uint64_t k = stored.test.confirmation + 1;
  const auto fresh = confirm(target, domain, shrunk.values, seed, k, kHuntAlpha, laboratories, lineage);
  return fresh ? *fresh : stored;
}

}  // namespace escapement::hunt

#include "escapement/hunt/corpus.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "escapement/config/input_error.h"
#include "escapement/hunt/hypotheses.h"

namespace escapement::hunt {

std::vector<CorpusEntry> read_corpus(const std::filesystem::path& directory, const OnDamage& damaged) {
  std::vector<CorpusEntry> corpus;
  for (const auto& file : files_ending(directory, ".case.json")) {
    try {
      corpus.push_back({file, read_case(file)});
    } catch (const config::InputError& error) {
      if (!damaged) throw;
      damaged(error);
    }
  }
  return corpus;
}

std::vector<Dispensable> dispensable(const std::vector<Target>& targets,
                                     const std::vector<CorpusEntry>& corpus) {
  std::vector<Dispensable> result;
  using Kind = std::tuple<std::string, std::string, std::string, bool>;
  struct Kept {
    const CorpusEntry *simplest = nullptr, *dramatic = nullptr;
    double margin = 0;
  };
  std::map<Kind, Kept> kept;
  std::vector<const CorpusEntry*> standing;
  for (const CorpusEntry& entry : corpus) {
    const Replayed again = replay(targets, entry.stored, {});
    if (again.outcome == Replay::stale || again.outcome == Replay::unknown_claim) continue;
    if (again.outcome != Replay::reproduced) {
      result.push_back({entry.file, to_string(again.outcome)});
      continue;
    }
    standing.push_back(&entry);
    const Case& c = entry.stored.values;
    Kept& there = kept[{c.claim, c.clause, c.reading, entry.stored.degenerate.empty()}];
    if (there.simplest == nullptr || simplicity(c) < simplicity(there.simplest->stored.values))
      there.simplest = &entry;
    const double margin = again.reading.margin->mid_double();
    if (there.dramatic == nullptr || margin > there.margin) {
      there.dramatic = &entry;
      there.margin = margin;
    }
  }
  for (const CorpusEntry* entry : standing) {
    const Case& c = entry->stored.values;
    const Kept& there = kept[{c.claim, c.clause, c.reading, entry->stored.degenerate.empty()}];
    if (entry != there.simplest && entry != there.dramatic)
      result.push_back({entry->file, "neither the simplest nor the most dramatic of its kind"});
  }
  std::sort(result.begin(), result.end(),
            [](const Dispensable& a, const Dispensable& b) { return a.file < b.file; });
  return result;
}

StoredCase minimise(const Target& target, const StoredCase& stored, const theory::ConditionInputs& inputs,
                    const std::function<bool()>& stop) {
  Domain domain;
  domain.constant = stored.values.constant;
  domain.inputs = inputs;
  for (const Hypothesis& h : condition_one(target, stored.values, inputs))
    if (h.holds == Truth::yes) domain.keep.insert(h.name);
  Shrinking how;
  how.honest = target.degenerate(stored.values).empty();
  how.least = margin_to_keep(score(target, stored.values));
  how.stop = stop;
  const Shrunk shrunk = shrink(target, domain, stored.values, how);
  Case c = shrunk.values;
  const Confirmation confirmation = confirm(target, c, target.start == Start::likely);
  Lineage lineage = stored.lineage;
  if (shrunk.taken > 0) lineage.parent = content_hash(stored.values);
  lineage.shrinks += shrunk.taken;
  return describe(target, c, confirmation, inputs, std::move(lineage));
}

}  // namespace escapement::hunt

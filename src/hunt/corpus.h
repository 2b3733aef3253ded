// A folder of stored cases.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/hunt/replay.h"
#include "escapement/hunt/shrink.h"

namespace escapement::hunt {

struct CorpusEntry {
  std::filesystem::path file;
  StoredCase stored;
};

// Every DIR/*.case.json in order of name; a damaged one goes to `damaged`. Throws config::InputError if there is no
// folder, and for a damaged file if `damaged` is empty.
std::vector<CorpusEntry> read_corpus(const std::filesystem::path& directory, const OnDamage& damaged = {});

// Of each claim and kind (degenerate or not) the simplest and the one with the largest margin stay; so does what a newer
// claim has made stale, which only a person should throw away. The rest, with what is not reproduced, may go.
struct Dispensable {
  std::filesystem::path file;
  std::string reason;
};
std::vector<Dispensable> dispensable(const std::vector<Target>& targets,
                                     const std::vector<CorpusEntry>& corpus);

// A simpler case with at least half the margin that has the same of A1..A6 and spanning; where there is none the same
// values, described again.
StoredCase minimise(const Target& target, const StoredCase& stored, const theory::ConditionInputs& inputs,
                    const std::function<bool()>& stop);

}  // namespace escapement::hunt

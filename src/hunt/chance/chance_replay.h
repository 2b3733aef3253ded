// A stored find about runs, asked again: on its own streams, which gives the same counts, or on new ones.
#pragma once

#include "escapement/hunt/chance/chance_file.h"
#include "escapement/hunt/corpus.h"

namespace escapement::hunt {

struct ChanceReplay {
  Replay outcome = Replay::undecided;
  std::string detail;  // one line; may be empty
  Streams streams;
  theory::Sample sample;  // of the test; empty where there was none
};

// new_seed: replicas of that seed instead of the stored ones, as many trials as a test can afford, at the stored level. In
// double the stored streams are `reproduced` where trials, failures and undecided ones are all as stored; otherwise where the
// test says `violated`. Throws judge::Interrupted.
ChanceReplay replay(const std::vector<ChanceTarget>& targets, const StoredChance& stored,
                    const std::optional<std::uint64_t>& new_seed, const config::PrecisionChoice& precision,
                    const Laboratories& laboratories);

// The row that a stored find is about; null where there is none.
const ChanceTarget* target_of(const std::vector<ChanceTarget>& all, const ChanceCase& c);

// A folder: of each claim and kind (degenerate or not, which of A1..A6 hold) the simplest stays, and what a newer claim has
// made stale.
std::vector<Dispensable> dispensable(const std::vector<ChanceTarget>& targets,
                                     const std::vector<ChanceEntry>& entries,
                                     const Laboratories& laboratories);
// A simpler configuration with the same of A1..A6, confirmed on fresh streams; the find itself where there is none.
StoredChance minimise(const ChanceTarget& target, const StoredChance& stored,
                      const theory::ConditionInputs& inputs, const Laboratories& laboratories);

}  // namespace escapement::hunt

// The hunt over configurations: rounds of search, fresh streams for what they suspect, shrinking. Decisions count work, never
// time: the same seed gives the same finds on any number of threads. docs/concepts/hunting-runs.md.
#pragma once

#include "escapement/hunt/chance/chance_file.h"
#include "escapement/hunt/chance/chance_search.h"
#include "escapement/hunt/hunter.h"

namespace escapement::hunt {

// Of a hunt all but cases of a corpus, which are instances.
struct ChanceOptions {
  std::uint64_t seed = 1;
  unsigned threads = 1;
  double budget_seconds = 60;
  std::uint64_t most_rounds = ~std::uint64_t{0};
  double alpha = kHuntAlpha;  // of all confirmations together
  Domain domain;
  std::vector<ChanceCase> corpus;   // tried first
  std::filesystem::path directory;  // finds go there, and the state (SLUG.state.json); empty: nowhere
  bool resume = false;
  std::function<void(const HuntProgress&)> progress;  // may be empty
  std::function<bool()> interrupted;                  // may be empty
};

struct ChanceFind {
  StoredChance stored;
  std::filesystem::path file;  // empty where there is no directory
};

struct ChanceHunted {
  std::vector<ChanceFind> finds;  // the simplest first; a degenerate one last
  std::uint64_t rounds = 0, configurations = 0, trials = 0;
  std::uint64_t confirmations = 0;  // tests on fresh streams, failed ones included
  // Number of suspects of the search that their test on fresh streams did not confirm.
  std::uint64_t cleared = 0;
  double best = kNoScore;  // largest margin counted on search streams, which is no confirmed one
  std::string nearest;     // where
  double seconds = 0, seconds_to_first = 0;
  bool interrupted = false;
};

std::string question_of(const ChanceTarget& target, const ChanceOptions& options);

// Throws config::InputError if files of others are in the way of this hunt's state and finds.
void check_outputs(const ChanceTarget& target, const std::filesystem::path& directory);

ChanceHunted hunt(const ChanceTarget& target, const ChanceOptions& options);

}  // namespace escapement::hunt

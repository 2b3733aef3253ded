// The search: rounds of independent tasks over niches of the best so far; what is found is confirmed, stored at once, and
// shrunk. Decisions count work, never time: the same seed gives the same finds on any number of threads, and a budget only
// says when to give up. docs/concepts/hunting.md.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "escapement/hunt/case_file.h"
#include "escapement/hunt/domain.h"

namespace escapement::hunt {

struct HuntProgress {
  std::string stage;  // "corpus", "search", "shrink"
  std::uint64_t round = 0, evaluations = 0;
  double best = kNoScore;  // margin: positive is a violation
};

struct HuntOptions {
  std::uint64_t seed = 1;
  unsigned threads = 1;
  double budget_seconds = 60;
  std::uint64_t most_rounds = ~std::uint64_t{0};
  Domain domain;
  std::vector<Case> corpus;         // tried first
  std::filesystem::path directory;  // finds go there, and the state (SLUG.state.json); empty: nowhere
  bool resume = false;
  bool shrinks = true;
  std::function<void(const HuntProgress&)> progress;  // may be empty
  std::function<bool()> interrupted;                  // may be empty
};

struct Find {
  StoredCase stored;
  std::filesystem::path file;  // empty where there is no directory
};

struct Hunted {
  std::vector<Find> finds;  // the simplest first, then the most dramatic; a degenerate one last
  std::uint64_t rounds = 0, evaluations = 0;
  // Number of cases with a positive margin in double precision that MPFR or an enclosure cleared.
  std::uint64_t cleared = 0;
  // Largest margin among the cases kept: the lower end of its enclosure. Not above 0 if nothing was found.
  double best = kNoScore;
  std::optional<Case> nearest;  // the case with that margin
  double seconds = 0, seconds_to_first = 0;
  bool interrupted = false;
};

// What is searched, in words: all that rounds depend on. A state of another question is not gone on from.
std::string question_of(const Target& target, const HuntOptions& options);

// Throws config::InputError if files of others are in the way of this hunt's state and finds.
void check_outputs(const Target& target, const std::filesystem::path& directory);

Hunted hunt(const Target& target, const HuntOptions& options);

}  // namespace escapement::hunt

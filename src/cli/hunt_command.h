// `escapement hunt`: search for a counterexample to a statement, shrink it, store it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/condition_options.h"
#include "escapement/cluster/transport.h"

namespace CLI {
class App;
}

namespace escapement::cli {

struct HuntArguments {
  std::string id;
  std::optional<std::string> reading, clause, budget, seed, constant, frontier;
  std::vector<std::string> over, fix, keep;
  std::filesystem::path out = "finds";
  std::optional<std::filesystem::path> corpus, again;  // again: a hunt.json
  ConditionOptions condition;
  std::optional<std::uint64_t> rounds;
  std::string fingerprint, corpus_sum;  // by --again
  bool no_corpus = false;               // by --again: also where the folder `corpus` is
  unsigned threads = 0;                 // 0: as many as the machine has
  bool inside = false, anywhere = false, resume = false, json = false, quiet = false;
  bool take_over = false;
  std::string command_line;  // as typed, for provenance; by --again: that of the record
};

CLI::App* declare_hunt(CLI::App& tool, HuntArguments& arguments);

// Returns the exit code: 1 found, 3 nothing found, 130 interrupted before anything was; of ranks other than 0, which hunt
// what they are given, 0. Throws config::InputError and cluster::Failed.
int hunt_command(const HuntArguments& arguments, cluster::Transport& ranks);

}  // namespace escapement::cli

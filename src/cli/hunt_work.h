// `hunt` in units of work: claims. A unit's name says all that its finds depend on; the budget only says when to give up.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/hunt_report.h"
#include "escapement/cli/hunt_rows.h"
#include "escapement/cluster/team.h"

namespace escapement::cli {

class HuntWork {
 public:
  // options: `progress` is ours, and what rows about runs share with it comes from there. frontier: a key, or empty.
  HuntWork(const std::vector<HuntRow>& rows, hunt::HuntOptions options,
           std::vector<hunt::ChanceCase> chance_corpus, std::string frontier);

  struct Done {
    std::string line;  // hunted_line
    bool interrupted = false;
  };
  // All that the finds of every row depend on, in words; without the stored cases.
  std::string question() const;
  std::string unit(std::size_t row) const;
  Done compute(const std::string& unit);  // one at a time, on any thread
  cluster::Pulse pulse();  // the note: which claim, how far, its best margin; empty between claims

 private:
  Done compute_instances(const hunt::Target& target);
  Done compute_runs(const hunt::ChanceTarget& target);
  std::string question_of(const HuntRow& row) const;

  const std::vector<HuntRow>& rows_;
  hunt::HuntOptions options_;
  hunt::ChanceOptions chance_options_;
  std::string frontier_;
  std::mutex mutex_;  // of what follows
  const HuntRow* at_hand_ = nullptr;
  hunt::HuntProgress last_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace escapement::cli

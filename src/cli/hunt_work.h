// `hunt` in units of work: claims. A unit's name says all that its finds depend on; the budget only says when to give up.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/hunt_report.h"
#include "escapement/cluster/team.h"

namespace escapement::cli {

class HuntWork {
 public:
  // options: `progress` is ours. frontier: a key, or empty.
  HuntWork(const std::vector<const hunt::Target*>& targets, hunt::HuntOptions options, std::string frontier);

  std::string unit(std::size_t target) const;
  HuntedRow compute(const std::string& unit);  // one at a time, on any thread
  cluster::Pulse pulse();  // the note: which claim, how far, its best margin; empty between claims

 private:
  const std::vector<const hunt::Target*>& targets_;
  hunt::HuntOptions options_;
  std::string frontier_;
  std::mutex mutex_;  // of what follows
  const hunt::Target* at_hand_ = nullptr;
  hunt::HuntProgress last_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace escapement::cli

#include "escapement/cli/hunt_work.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "escapement/numeric/check.h"

namespace escapement::cli {

HuntWork::HuntWork(const std::vector<const hunt::Target*>& targets, hunt::HuntOptions options,
                   std::string frontier)
    : targets_(targets), options_(std::move(options)), frontier_(std::move(frontier)) {
  options_.progress = [this](const hunt::HuntProgress& progress) {
    const std::lock_guard lock(mutex_);
    last_ = progress;
  };
}

// A claim that gave up is hunted further by a larger budget or more rounds: they are in the name. The folder is too, since
// what is printed has paths.
std::string HuntWork::unit(std::size_t target) const {
  std::string name = fmt::format("claim {}: {}, rounds {}, budget {:a}, frontier {}, in {}", target,
                                 hunt::question_of(*targets_[target], options_), options_.most_rounds,
                                 options_.budget_seconds, frontier_, options_.directory.string());
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == ';' || c == '\n'; }, ' ');
  return name;
}

HuntedRow HuntWork::compute(const std::string& unit) {
  std::istringstream in(unit);
  std::string kind;
  std::size_t position = 0;
  in >> kind >> position;
  ESCAPEMENT_CHECK(in && kind == "claim" && position < targets_.size());
  const hunt::Target* target = targets_[position];
  {
    const std::lock_guard lock(mutex_);
    at_hand_ = target;
    last_ = {};
    began_ = std::chrono::steady_clock::now();
  }
  HuntedRow row{target, hunt::hunt(*target, options_), frontier_, {}};
  if (!frontier_.empty() && !row.hunted.finds.empty())
    row.borders = hunt::frontier(*target, options_.domain, row.hunted.finds.front().stored.values, frontier_);
  const std::lock_guard lock(mutex_);
  at_hand_ = nullptr;
  return row;
}

cluster::Pulse HuntWork::pulse() {
  const std::lock_guard lock(mutex_);
  if (at_hand_ == nullptr) return {};
  const std::string best = last_.best > hunt::kNoScore ? fmt::format("{:+.3g}", last_.best) : "none";
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began_;
  return {last_.evaluations, fmt::format("{}: {}, round {}, {} instances, best margin {}, {:.0f} of {:.0f} s",
                                         at_hand_->name(), last_.stage, last_.round, last_.evaluations, best,
                                         seconds.count(), options_.budget_seconds)};
}

}  // namespace escapement::cli

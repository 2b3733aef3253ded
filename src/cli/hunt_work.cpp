#include "escapement/cli/hunt_work.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "escapement/hunt/chance/chance_frontier.h"
#include "escapement/numeric/check.h"

namespace escapement::cli {

HuntWork::HuntWork(const std::vector<HuntRow>& rows, hunt::HuntOptions options,
                   std::vector<hunt::ChanceCase> chance_corpus, std::string frontier)
    : rows_(rows), options_(std::move(options)), frontier_(std::move(frontier)) {
  options_.progress = [this](const hunt::HuntProgress& progress) {
    const std::lock_guard lock(mutex_);
    last_ = progress;
  };
  hunt::ChanceOptions& o = chance_options_;
  o.seed = options_.seed;
  o.threads = options_.threads;
  o.budget_seconds = options_.budget_seconds;
  o.most_rounds = options_.most_rounds;
  o.domain = options_.domain;
  o.corpus = std::move(chance_corpus);
  o.directory = options_.directory;
  o.resume = options_.resume;
  o.progress = options_.progress;
  o.interrupted = options_.interrupted;
}

std::string HuntWork::question_of(const HuntRow& row) const {
  return row.instance ? hunt::question_of(*row.instance, options_)
                      : hunt::question_of(*row.runs, chance_options_);
}

std::string HuntWork::question() const {
  std::string text = fmt::format("rounds {}, budget {:a}, frontier {}", options_.most_rounds,
                                 options_.budget_seconds, frontier_);
  for (const HuntRow& row : rows_) text += "\n" + question_of(row);
  return text;
}

// A claim that gave up is hunted further by a larger budget or more rounds: they are in the name. The folder is too, since
// what is printed has paths.
std::string HuntWork::unit(std::size_t row) const {
  std::string name =
      fmt::format("claim {}: {}, rounds {}, budget {:a}, frontier {}, in {}", row, question_of(rows_[row]),
                  options_.most_rounds, options_.budget_seconds, frontier_, options_.directory.string());
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == ';' || c == '\n'; }, ' ');
  return name;
}

HuntWork::Done HuntWork::compute(const std::string& unit) {
  std::istringstream in(unit);
  std::string kind;
  std::size_t position = 0;
  in >> kind >> position;
  ESCAPEMENT_CHECK(in && kind == "claim" && position < rows_.size());
  const HuntRow& row = rows_[position];
  {
    const std::lock_guard lock(mutex_);
    at_hand_ = &row;
    last_ = {};
    began_ = std::chrono::steady_clock::now();
  }
  Done done = row.instance ? compute_instances(*row.instance) : compute_runs(*row.runs);
  const std::lock_guard lock(mutex_);
  at_hand_ = nullptr;
  return done;
}

HuntWork::Done HuntWork::compute_instances(const hunt::Target& target) {
  HuntedRow row{&target, hunt::hunt(target, options_), frontier_, {}};
  if (!frontier_.empty() && !row.hunted.finds.empty())
    row.borders = hunt::frontier(target, options_.domain, row.hunted.finds.front().stored.values, frontier_);
  return {hunted_line(row), row.hunted.interrupted};
}

HuntWork::Done HuntWork::compute_runs(const hunt::ChanceTarget& target) {
  HuntedRuns row{&target, hunt::hunt(target, chance_options_), frontier_, {}};
  if (!frontier_.empty() && !row.hunted.finds.empty() && !row.hunted.interrupted)
    row.borders = hunt::frontier(target, options_.domain, row.hunted.finds.front().stored.values, frontier_,
                                 options_.seed, {options_.threads, {}});
  return {hunted_line(row), row.hunted.interrupted};
}

cluster::Pulse HuntWork::pulse() {
  const std::lock_guard lock(mutex_);
  if (at_hand_ == nullptr) return {};
  const std::string best = last_.best > hunt::kNoScore ? fmt::format("{:+.3g}", last_.best) : "none";
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began_;
  return {last_.evaluations,
          fmt::format("{}: {}, round {}, {} evaluated, best margin so far {}, {:.0f} of {:.0f} s",
                      at_hand_->name(), last_.stage, last_.round, last_.evaluations, best, seconds.count(),
                      options_.budget_seconds)};
}

}  // namespace escapement::cli

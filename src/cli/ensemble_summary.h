// Many replicas of which nothing is kept: their observables after the last step, as streams.
#pragma once

#include <array>
#include <map>
#include <optional>

#include "escapement/cli/number_text.h"
#include "escapement/engine/run.h"
#include "escapement/stats/stream.h"

namespace escapement::cli {

// What does not depend on the order in which replicas came: everything but `seconds`.
struct EnsembleSummary {
  struct NotCompleted {
    std::uint32_t replica = 0;
    observe::Outcome outcome = observe::Outcome::completed;
    std::uint64_t step = 0;
  };

  std::vector<std::string> columns;
  std::vector<stats::Stream> values;      // by column, over the replicas that completed
  std::array<std::uint64_t, 6> counts{};  // by outcome
  std::optional<NotCompleted> first;      // the one of least number
  double seconds = 0;                     // in loops, of all threads
  std::uint64_t steps_here = 0;
  std::uint64_t fewest_steps = UINT64_MAX;
  bool width_free = false;
  std::map<std::string, std::size_t> arithmetic;  // how many ran in which

  void add(std::uint32_t replica, const engine::RunResult& result);
  std::uint64_t count(observe::Outcome outcome) const { return counts[static_cast<std::size_t>(outcome)]; }
};

// A row per observable that is defined in some replica: in how many, mean, deviation, extremes, quantiles.
std::string ensemble_csv(const EnsembleSummary& summary, const NumberText& text);

// `final` of the summary: NAME_mean, NAME_q10, NAME_q50, NAME_q90; absent where a replica that completed has no value.
std::pair<std::vector<std::string>, observe::Record> final_of(const EnsembleSummary& summary);

}  // namespace escapement::cli

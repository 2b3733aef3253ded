#include "exact_text.h"

#include <map>

#include <fmt/format.h>

#include "escapement/engine/journal.h"
#include "escapement/observe/columns.h"

namespace escapement::test {

Lines exact_text(const engine::FinalState& final, const observe::Trajectory& trajectory) {
  Lines lines;
  lines.final.push_back(fmt::format("steps {} {}", final.steps, to_string(trajectory.outcome)));
  for (const auto& x : final.theta) lines.final.push_back("theta " + x.dump());
  for (const auto& row : final.neurons)
    for (const auto& x : row) lines.final.push_back("neuron " + x.dump());
  for (const observe::Exit& exit : trajectory.exits)
    lines.final.push_back(fmt::format("exit {} {} {}", exit.neuron,
                                      exit.step ? std::to_string(*exit.step) : "-", exit.certain));
  for (const auto& record : trajectory.records) lines.records.push_back(engine::journal_line(record));
  for (const auto& point : trajectory.snapshots) lines.records.push_back(engine::journal_line('s', point));
  for (const auto& point : trajectory.paths) lines.records.push_back(engine::journal_line('p', point));
  return lines;
}

std::optional<std::string> first_difference(const std::vector<std::string>& x,
                                            const std::vector<std::string>& y) {
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
    if (x[i] != y[i]) return fmt::format("line {}:\n  {}\n  {}", i, x[i], y[i]);
  if (x.size() == y.size()) return std::nullopt;
  return fmt::format("{} lines beside {}", x.size(), y.size());
}

std::optional<std::string> first_difference_at_common_steps(const observe::Trajectory& x,
                                                            const observe::Trajectory& y,
                                                            const std::vector<observe::Column>& without) {
  std::map<std::uint64_t, const observe::Record*> of_y;
  for (const auto& record : y.records) of_y[record.step] = &record;
  for (observe::Record record : x.records) {
    if (of_y.count(record.step) == 0) continue;
    observe::Record other = *of_y[record.step];
    for (const observe::Column column : without)
      for (observe::Record* r : {&record, &other}) r->values.at(static_cast<std::size_t>(column)).reset();
    const std::string line = engine::journal_line(record), other_line = engine::journal_line(other);
    if (line != other_line) return fmt::format("step {}:\n  {}  {}", record.step, line, other_line);
  }
  return std::nullopt;
}

}  // namespace escapement::test

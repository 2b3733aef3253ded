#include "escapement/cli/check_work.h"

#include <sstream>

#include <fmt/format.h>

#include "escapement/judge/verdict_text.h"
#include "escapement/numeric/check.h"

namespace escapement::cli {

std::string note_of(const judge::Doing& doing) {
  if (!doing.test) return fmt::format("{} of {} replicas", doing.done, doing.most);
  const judge::Doing::Test& test = *doing.test;
  const bool against = test.log10_e_violated > test.log10_e_holds;
  return fmt::format("{} of {} trials, {} failed, e-value {} 10^{:.1f} of 10^{:.1f}", doing.done, doing.most,
                     test.failures, against ? "against" : "for",
                     against ? test.log10_e_violated : test.log10_e_holds, test.log10_e_needed);
}

std::string row_name(const judge::Row& row) {
  return row.statement->id + " " + row.claim->clause + (row.claim->clause.empty() ? "" : " ") +
         row.claim->reading;
}

CheckWork::CheckWork(const std::vector<judge::Row>& rows, const config::Config& config,
                     const judge::Means& means, const std::vector<judge::Axis>& axes)
    : rows_(rows), config_(config), means_(means), axes_(axes) {}

std::string CheckWork::row_unit(std::size_t row) { return fmt::format("row {}", row); }

std::string CheckWork::place_unit(std::size_t row, const judge::Place& place) {
  return fmt::format("place {} {} {} {}", row, place.x, place.y, place.level);
}

std::string CheckWork::replicas_unit(std::size_t row, const std::string& what, std::uint32_t first,
                                     std::uint32_t count) {
  return fmt::format("{}{} {} {}", replicas_units_of(row), first, count, what);
}

std::string CheckWork::replicas_units_of(std::size_t row) { return fmt::format("replicas {} ", row); }

std::string CheckWork::compute(const std::string& unit) {
  std::istringstream in(unit);
  std::string kind;
  std::size_t row = 0;
  in >> kind >> row;
  ESCAPEMENT_CHECK(in && row < rows_.size());
  {
    const std::lock_guard lock(mutex_);
    at_hand_[unit];
  }
  judge::Means mine = means_;
  mine.doing = [&](const judge::Doing& doing) {
    const std::lock_guard lock(mutex_);
    at_hand_[unit] = doing;
  };
  std::string result;
  if (kind == "replicas") {
    std::uint32_t first = 0, count = 0;
    std::string what;
    in >> first >> count >> what;
    ESCAPEMENT_CHECK(!in.fail() && rows_[row].claim->replicas);
    const auto texts = judge::replica_texts(rows_[row], config_, mine, what, first, count);
    result = fmt::format("{}", fmt::join(texts, "|"));
  } else if (kind == "row") {
    result = judge::verdict_text(judge::judge_one_of(rows_, row, config_, mine));
  } else {
    ESCAPEMENT_CHECK(kind == "place");
    judge::Place place;
    in >> place.x >> place.y >> place.level;
    ESCAPEMENT_CHECK(!in.fail());
    if (const auto point = judge::judge_place(rows_[row], config_, mine, axes_, place))
      result = judge::map_point_text(*point);
  }
  const std::lock_guard lock(mutex_);
  at_hand_.erase(unit);
  return result;
}

cluster::Pulse CheckWork::pulse() {
  const std::lock_guard lock(mutex_);
  cluster::Pulse pulse;
  for (const auto& [unit, doing] : at_hand_) {
    if (doing.most > 0) pulse.work += 1000 * doing.done / doing.most;
    if (!pulse.note.empty()) continue;
    pulse.note = row_name(rows_[std::stoul(unit.substr(unit.find(' ')))]);
    if (doing.most > 0) pulse.note += ": " + note_of(doing);
  }
  return pulse;
}

CheckCrew::CheckCrew(cluster::Transport& ranks, cluster::Hands hands,
                     std::map<std::string, std::string> known, StatusLine& status, std::string directory)
    : ranks_(ranks.size()),
      known_(std::move(known)),
      status_(status),
      directory_(std::move(directory)),
      leader_(ranks, std::move(hands), [this](const std::vector<cluster::Pulse>& pulses) { watch(pulses); }) {
}

bool CheckCrew::knows(const std::string& prefix) const {
  const auto at = known_.lower_bound(prefix);
  return at != known_.end() && at->first.compare(0, prefix.size(), prefix) == 0;
}

void CheckCrew::say(std::string what) {
  const std::lock_guard lock(said_mutex_);
  said_ = std::move(what);
}

void CheckCrew::watch(const std::vector<cluster::Pulse>& pulses) {
  double here = static_cast<double>(done_ - taken_);
  std::string note;
  std::size_t busy = 0;
  for (const cluster::Pulse& pulse : pulses) {
    here += static_cast<double>(pulse.work) / 1000;
    if (pulse.note.empty()) continue;
    if (note.empty()) note = pulse.note;
    ++busy;
  }
  if (busy > 1) note += fmt::format(" (and {} more)", busy - 1);
  {
    const std::lock_guard lock(said_mutex_);
    if (!said_.empty()) note = said_;
  }
  status_.at({taken_, total_, here}, note);
}

std::vector<std::optional<std::string>> CheckCrew::results(const std::vector<std::string>& units) {
  std::vector<std::optional<std::string>> results(units.size());
  std::vector<std::string> open;
  std::vector<std::size_t> positions;
  total_ += units.size();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto found = known_.find(units[i]);
    if (found != known_.end()) {
      results[i] = found->second;
      ++done_;
      ++taken_;
    } else {
      open.push_back(units[i]);
      positions.push_back(i);
    }
  }
  const bool all = leader_.each(open, [&](std::size_t position, std::string result) {
    results[positions[position]] = std::move(result);
    ++done_;
  });
  if (all) return results;
  finish();
  if (ranks_ > 1) stopped_among_ranks(directory_);
  interrupted_ = true;
  return results;
}

}  // namespace escapement::cli

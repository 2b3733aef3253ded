// `check` in units of work: rows, replicas of a row, or places of a map. What a unit's name says and the question decide its result.
#pragma once

#include <map>
#include <mutex>

#include "escapement/cli/ranks.h"
#include "escapement/cli/status_line.h"
#include "escapement/judge/judge.h"
#include "escapement/judge/validity_map.h"

namespace escapement::cli {

class CheckWork {
 public:
  // axes: empty where rows are judged.
  CheckWork(const std::vector<judge::Row>& rows, const config::Config& config, const judge::Means& means,
            const std::vector<judge::Axis>& axes);

  static std::string row_unit(std::size_t row);
  static std::string place_unit(std::size_t row, const judge::Place& place);
  // Replicas first .. first + count - 1 of what the row's judge collects.
  static std::string replicas_unit(std::size_t row, const std::string& what, std::uint32_t first,
                                   std::uint32_t count);
  static std::string replicas_units_of(std::size_t row);  // how their names begin

  // Any thread; see judge::verdict_text and judge::map_point_text, empty where a place has no value; replicas' texts with '|'
  // between them.
  std::string compute(const std::string& unit);
  // Of the units at hand: the note says what is judged and how far it is, `work` is in thousandths of a unit.
  cluster::Pulse pulse();

 private:
  const std::vector<judge::Row>& rows_;
  const config::Config& config_;
  const judge::Means& means_;
  const std::vector<judge::Axis>& axes_;
  std::mutex mutex_;
  std::map<std::string, judge::Doing> at_hand_;
};

// "lemma-4.3 1a typical".
std::string row_name(const judge::Row& row);
// "17 of 64 trials, ...".
std::string note_of(const judge::Doing& doing);

// Rank 0's: results of units from wherever they come, journals of an earlier process included.
class CheckCrew {
 public:
  // known: results by unit; status: shows how far all are; directory: --out, for the line after an interruption.
  CheckCrew(cluster::Transport& ranks, cluster::Hands hands, std::map<std::string, std::string> known,
            StatusLine& status, std::string directory);

  int ranks() const { return ranks_; }
  // In the order of `units`, handed out in that order; nothing for one that was not finished before an interruption, which
  // with several ranks throws Failed instead.
  std::vector<std::optional<std::string>> results(const std::vector<std::string>& units);
  bool interrupted() const { return interrupted_; }
  // Whether an earlier process has finished a unit whose name begins so.
  bool knows(const std::string& prefix) const;
  // What is done between units, for the status line; any thread.
  void say(std::string what);
  void finish() { status_.finish(); }  // no more units

 private:
  void watch(const std::vector<cluster::Pulse>& pulses);

  std::mutex said_mutex_;
  std::string said_;

  int ranks_;
  std::map<std::string, std::string> known_;
  StatusLine& status_;
  std::string directory_;
  std::size_t done_ = 0, taken_ = 0, total_ = 0;  // units; taken from journals
  bool interrupted_ = false;
  cluster::Leader leader_;
};

}  // namespace escapement::cli

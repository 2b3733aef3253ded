// Where the results of a run come together: rank 0's table of points and replicas.
#pragma once

#include <mutex>

#include "escapement/cli/run_units.h"

namespace escapement::cli {

// "key=value,key=value" of a sweep's point: its head in the summary.
std::string point_name(const std::vector<config::Setting>& swept);
// The same as the name of its folder: on any file system, at most 100 characters, another one for other values.
std::string folder_name(const std::vector<config::Setting>& swept);

class RunCollector {
 public:
  // out: null without --out.
  RunCollector(const std::vector<Point>& points, const RunArguments& arguments, OutputDirectory* out);

  void add(const RunUnit& unit, UnitResult result);  // any thread
  // Writes the points that are complete, in their order, and lets go of them.
  void write_complete();
  // After an interruption: also those that were begun.
  void write_begun();

  int code() const { return code_; }  // the exit code of what was written
  const std::vector<SweepRow>& rows() const { return rows_; }
  std::string json() const;                                // what --json prints
  const std::string& summary() const { return summary_; }  // what else is printed

 private:
  struct Partial : PointRuns {
    std::uint32_t open = 0;  // replicas that have not come
    bool begun = false;
    double begin = 0, end = 0;  // seconds of the clock
  };
  void write_next();

  const std::vector<Point>& points_;
  const RunArguments& arguments_;
  OutputDirectory* out_;
  std::mutex mutex_;  // of partial_
  std::vector<Partial> partial_;
  std::size_t next_ = 0;  // the first point that is not written
  int code_ = 0;
  std::vector<SweepRow> rows_;
  std::string json_, summary_;
};

}  // namespace escapement::cli

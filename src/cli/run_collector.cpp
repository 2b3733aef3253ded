#include "escapement/cli/run_collector.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "escapement/cli/interrupt.h"
#include "escapement/numeric/checksum.h"

namespace escapement::cli {

using observe::Outcome;

namespace {

int exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed:
    case Outcome::diverged: return 0;
    case Outcome::undecided:
    case Outcome::out_of_range:
    case Outcome::not_finite: return 3;
    case Outcome::interrupted: break;
  }
  return kInterrupted;
}

double clock_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

std::string point_name(const std::vector<config::Setting>& swept) {
  std::string name;
  for (const config::Setting& s : swept) name += (name.empty() ? "" : ",") + s.key + "=" + s.value;
  return name;
}

// A value that had to be cut or rewritten is told from others by a checksum; `/` stands for itself alone in numbers.
std::string folder_name(const std::vector<config::Setting>& swept) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,";
  constexpr std::size_t kLongest = 100, kHash = 8;
  const std::string whole = point_name(swept);
  std::string name;
  bool rewritten = whole.size() > kLongest;
  for (const char c : whole) {
    const bool plain = kPlain.find(c) != std::string_view::npos;
    rewritten = rewritten || (!plain && c != '/');
    name += plain ? c : '_';
  }
  if (rewritten)
    name = name.substr(0, kLongest - kHash - 1) + "-" + numeric::checksum(whole).substr(0, kHash);
  return name;
}

RunCollector::RunCollector(const std::vector<Point>& points, const RunArguments& arguments,
                           OutputDirectory* out)
    : points_(points), arguments_(arguments), out_(out), partial_(points.size()) {
  for (std::size_t p = 0; p < points.size(); ++p) partial_[p].open = points[p].config.replicas;
}

void RunCollector::add(const RunUnit& unit, UnitResult result) {
  const std::lock_guard lock(mutex_);
  Partial& to = partial_[unit.point];
  const double now = clock_seconds();
  to.begin = to.begun ? std::min(to.begin, now - result.seconds) : now - result.seconds;
  to.end = now;
  to.begun = true;
  const config::Config& c = points_[unit.point].config;
  if (result.ensemble) {
    to.ensemble = std::move(result.ensemble);
  } else if (streams(c) && !arguments_.certify) {
    if (!to.ensemble) to.ensemble.emplace();
    for (std::uint32_t r = 0; r < unit.count; ++r)
      to.ensemble->add(c.replica + unit.first + r, result.runs[r]);
  } else {
    to.runs.resize(c.replicas);
    // Certified runs come one by one, and end with the one that was interrupted.
    for (std::uint32_t r = 0; r < result.runs.size(); ++r)
      to.runs[unit.first + r] = std::move(result.runs[r]);
  }
  for (certify::CertifiedRun& run : result.certified) to.certified.push_back(std::move(run));
  to.open -= unit.count;
}

void RunCollector::write_complete() {
  while (next_ < points_.size()) {
    {
      const std::lock_guard lock(mutex_);
      if (partial_[next_].open > 0) return;
    }
    write_next();
  }
}

void RunCollector::write_begun() {
  for (; next_ < points_.size(); ++next_)
    if (partial_[next_].begun) {
      write_next();
      --next_;
    }
}

void RunCollector::write_next() {
  Point point = points_[next_];
  Partial from;
  {
    const std::lock_guard lock(mutex_);
    std::swap(from, partial_[next_++]);
  }
  for (engine::RunResult& run : from.runs)
    if (run.trajectory.columns.empty()) {  // not begun
      run.trajectory.columns = observe::column_names();
      run.trajectory.outcome = Outcome::interrupted;
    }
  const PointResult result = summarised(point, std::move(from), from.end - from.begin);
  if (out_ != nullptr) write_point(point, result, arguments_, *out_);
  code_ = std::max(code_, exit_code(result.outcome));
  if (arguments_.json) json_ += (json_.empty() ? "" : ",\n") + point_json(point, result, 1);
  if (!arguments_.json && !arguments_.quiet) {
    if (!point.swept.empty()) summary_ += point_name(point.swept) + "\n";
    summary_ += point_summary(point, result);
  }
  SweepRow row{{},           to_string(result.outcome), result.steps, result.columns,
               result.final, NumberText(result.printed)};
  for (const config::Setting& s : point.swept) row.values.push_back(s.value);
  rows_.push_back(std::move(row));
}

std::string RunCollector::json() const {
  return arguments_.sweeps.empty() ? json_ + "\n" : "[\n" + json_ + "\n]\n";
}

}  // namespace escapement::cli

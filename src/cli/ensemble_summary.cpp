#include "escapement/cli/ensemble_summary.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"

namespace escapement::cli {

using numeric::Ball;
using observe::Outcome;

namespace {

constexpr long kMeanBits = 128;  // the mean of doubles, rounded once

}  // namespace

void EnsembleSummary::add(std::uint32_t replica, const engine::RunResult& result) {
  const observe::Trajectory& t = result.trajectory;
  ++counts[static_cast<std::size_t>(t.outcome)];
  seconds += result.seconds;
  steps_here += result.steps_here;
  fewest_steps = std::min(fewest_steps, t.steps);
  width_free = width_free || result.width_free;
  if (!result.arithmetic.empty()) ++arithmetic[result.arithmetic];
  columns = t.columns;
  values.resize(columns.size());
  if (t.outcome != Outcome::completed) {
    if (!first || replica < first->replica) first = {replica, t.outcome, t.steps};
    return;
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::optional<Ball>& value = result.final.record.values[c];
    if (value && value->is_finite()) values[c].add(*value);
  }
}

std::string ensemble_csv(const EnsembleSummary& summary, const NumberText& text) {
  const numeric::WorkingPrecision precision(std::max(kMeanBits, numeric::working_bits()));
  std::string out = "observable,count,mean,deviation,least,q10,q50,q90,greatest\n";
  for (std::size_t c = 0; c < summary.columns.size(); ++c) {
    const stats::Stream& s = summary.values[c];
    if (s.count() == 0) continue;
    out += fmt::format("{},{},{},{},{},{},{},{},{}\n", summary.columns[c], s.count(), text.value(s.mean()),
                       text.value(s.deviation()), text.value(s.least()), text.value(s.quantile(10)),
                       text.value(s.quantile(50)), text.value(s.quantile(90)), text.value(s.greatest()));
  }
  return out;
}

std::pair<std::vector<std::string>, observe::Record> final_of(const EnsembleSummary& summary) {
  const numeric::WorkingPrecision precision(std::max(kMeanBits, numeric::working_bits()));
  std::vector<std::string> names;
  observe::Record record;
  for (std::size_t c = 0; c < summary.columns.size(); ++c) {
    const stats::Stream& s = summary.values[c];
    for (const char* suffix : {"_mean", "_q10", "_q50", "_q90"}) names.push_back(summary.columns[c] + suffix);
    if (s.count() == 0 || s.count() < summary.count(Outcome::completed)) {
      record.values.insert(record.values.end(), 4, std::nullopt);
      continue;
    }
    record.values.emplace_back(s.mean());
    for (const unsigned p : {10u, 50u, 90u}) record.values.emplace_back(s.quantile(p));
  }
  return {names, record};
}

}  // namespace escapement::cli

#include "escapement/engine/bands.h"

#include "escapement/numeric/precision.h"
#include "escapement/observe/order_statistics.h"

namespace escapement::engine {

using numeric::Ball;
using observe::Record;
using observe::Trajectory;

namespace {

constexpr long kMeanBits = 128;  // the mean of doubles, rounded once

void append(Record& row, const std::vector<const Record*>& replicas, std::size_t column) {
  observe::OrderStatistics<Ball> order(replicas.size(), {10, 50, 90});
  Ball sum;
  for (const Record* r : replicas) {
    if (!r->values[column]) {
      row.values.insert(row.values.end(), 4, std::nullopt);
      return;
    }
    sum += *r->values[column];
    order.add(*r->values[column]);
  }
  row.values.emplace_back(sum / numeric::from_int<Ball>(static_cast<long>(replicas.size())));
  for (Ball& q : order.quantiles()) row.values.emplace_back(std::move(q));
}

}  // namespace

Trajectory bands(const std::vector<const Trajectory*>& ensemble) {
  const numeric::WorkingPrecision precision(std::max(kMeanBits, numeric::working_bits()));
  Trajectory result;
  if (ensemble.empty()) return result;
  for (const std::string& name : ensemble.front()->columns)
    for (const char* suffix : {"_mean", "_q10", "_q50", "_q90"}) result.columns.push_back(name + suffix);
  std::vector<std::size_t> at(ensemble.size(), 0);  // both are ordered by step: one walk through all
  for (const Record& first : ensemble.front()->records) {
    std::vector<const Record*> same;
    for (std::size_t r = 0; r < ensemble.size(); ++r) {
      const auto& records = ensemble[r]->records;
      while (at[r] < records.size() && records[at[r]].step < first.step) ++at[r];
      if (at[r] < records.size() && records[at[r]].step == first.step) same.push_back(&records[at[r]]);
    }
    if (same.size() != ensemble.size()) continue;
    Record row;
    row.step = first.step;
    for (std::size_t c = 0; c < ensemble.front()->columns.size(); ++c) append(row, same, c);
    result.records.push_back(std::move(row));
  }
  return result;
}

}  // namespace escapement::engine

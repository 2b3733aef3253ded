// What the tests of the statements' tools share: configurations by key, and bounds on sample means.
#pragma once

#include <cmath>
#include <initializer_list>
#include <string>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"
#include "escapement/model/instance.h"

namespace escapement::test {

// The preset two-phase with these keys set, "key=value".
inline config::Config configured(std::initializer_list<const char*> sets) {
  config::Request request;
  request.preset = "two-phase";
  request.sets.assign(sets.begin(), sets.end());
  return config::load(request);
}

// A running mean that knows its standard error.
class Mean {
 public:
  void add(double x) {
    ++count_;
    const double step = x - mean_;
    mean_ += step / count_;
    squares_ += step * (x - mean_);
  }
  double mean() const { return mean_; }
  double error() const { return std::sqrt(squares_ / count_ / count_); }
  // Within 6.2 standard errors: wrongly refused once in 10^9, by the normal law.
  bool agrees(double expected) const { return std::fabs(mean_ - expected) <= 6.2 * error() + 1e-12; }

 private:
  double count_ = 0, mean_ = 0, squares_ = 0;
};

}  // namespace escapement::test

// How often a test that is looked at after every trial raises a false alarm: measured at the border of the null,
// p = q, by simulation. docs/concepts/statistics.md shows the table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace escapement::stats {

struct CalibrationPlan {
  double q = 0.1;       // the claim is p <= q, and p = q: every rejection is a false alarm; 0 < q < 1
  double alpha = 0.05;  // what every test promises, one-sided; in (0, 1)
  std::uint64_t horizon = 2000;  // trials an experiment, 1 or more
  std::uint32_t experiments = 2000;
  std::uint64_t seed = 1;
};

struct FalseAlarms {
  std::string test;         // "e-process, looked at after every trial"
  std::uint64_t count = 0;  // experiments that ended in a rejection
  double rate = 0;          // count / experiments
  double upper_limit = 1;   // one-sided exact 95% limit of the rate's expectation [ClopperPearson1934]
};

struct Calibration {
  CalibrationPlan plan;
  FalseAlarms e_process;  // beta mixture, looked at after every trial
  FalseAlarms
      clopper_pearson;  // one-sided at alpha, looked at after every trial as if each n were the only one
  FalseAlarms wilson;   // likewise
  FalseAlarms clopper_pearson_at_end;  // looked at once, at the horizon: what it is made for
};

// Deterministic for a seed. Draws are of numeric::Purpose::calibration: replica = experiment, major = pair of trials.
// All tests see the same experiments. Takes about horizon * experiments / (5 10^7) seconds.
Calibration calibrate(const CalibrationPlan& plan);

}  // namespace escapement::stats

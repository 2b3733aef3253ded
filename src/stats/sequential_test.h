// Is P(fail) <= q? Trials come one by one, anybody may look after each and stop when they like, and the error
// probabilities stay what they were: docs/concepts/statistics.md.
#pragma once

#include <cstdint>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/truth.h"
#include "escapement/stats/intervals.h"

namespace escapement::stats {

// log q as doubles, low <= log q <= high: a claimed bound may be an enclosure, and may be below 1e-308. `violated` is
// judged against the greatest q, `holds` against the least.
struct LogBound {
  double low = 0, high = 0;

  static LogBound of(double q);                // q >= 0, as it stands
  static LogBound of(const numeric::Ball& q);  // q >= 0, finite
};

enum class Finding { undecided, violated, holds, vacuous };

struct TestSummary {
  std::uint64_t trials = 0, failures = 0, ambiguous = 0;  // ambiguous ones are not among the failures
  Finding finding = Finding::undecided;
  double log10_e_violated = 0;  // the largest so far, against p <= q; >= log10(1/alpha) is `violated`
  double log10_e_holds = 0;     // likewise against p >= q, and 1/beta
  Interval interval;            // anytime-valid for p, level 1 - alpha
  // The p at which this many trials, looked at once at the end, refute p <= q with probability 1/2 (looking earlier can
  // only help). 1 if no outcome of so few trials refutes it.
  double smallest_detectable = 1;
};

class SequentialTest {
 public:
  // alpha: chance of ever finding `violated` when p <= q. beta: of ever finding `holds` when p >= q. Both in (0, 1).
  // q >= 1 claims nothing: `vacuous` before any trial, and whatever comes.
  SequentialTest(LogBound log_q, double alpha, double beta);

  // One more trial; an `unknown` one counts against whichever side would profit: as a success where violation is
  // judged, as a failure where `holds` is. Returns the finding, and keeps the first that is not `undecided`.
  Finding add(numeric::Truth failed);

  Finding finding() const { return finding_; }
  std::uint64_t trials() const { return trials_; }
  TestSummary summary() const;

 private:
  LogBound log_q_;
  double alpha_, beta_;
  Finding finding_;
  std::uint64_t trials_ = 0, failures_ = 0, ambiguous_ = 0;
  double log_e_violated_ = 0, log_e_holds_ = 0;  // running maxima; 0 before any trial
};

// Least k of n at which log_e_above(n, k, log_q) >= log(1/alpha); n + 1 if there is none.
std::uint64_t least_refuting_count(std::uint64_t n, double log_q, double alpha);
// The p at which k of n or more failures have probability 1/2: TestSummary::smallest_detectable.
double smallest_detectable(std::uint64_t n, double log_q, double alpha);

}  // namespace escapement::stats

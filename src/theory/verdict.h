// A verdict on one claim at one place in parameter space: what was found, and what that rests on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "escapement/numeric/ball.h"
#include "escapement/numeric/truth.h"

namespace escapement::theory {

using numeric::Ball;
using numeric::Truth;

enum class Outcome {
  holds,  // shown for the claim as worded, at the row's parameters, by the row's evidence
  supported,  // of a claim with a hidden constant, no law decides it: nothing against it over Verdict::support's range
  violated,  // shown to be false at the row's parameters, by the row's evidence
  vacuous,  // nothing is claimed here: the bound on a probability is 1 or more, or no case meets the hypotheses
  undecided  // the evidence, or the budget, does not reach
};

// What decided the outcome.
enum class Evidence {
  sampled,        // independent replicas, with an error probability alpha: Verdict::sample
  computed,       // without sampling: finite sums, integrals, deterministic runs; in floating point
  certified,      // by enclosures or exact rationals: Verdict::radius
  proved,         // in Coq, by a theorem whose hypotheses the row's parameters meet: Verdict::theorems
  counterexample  // a stored case, replayed
};

// One of A1..A6 at the parameters.
struct Assumption {
  std::string name;  // "A1"
  Truth holds = Truth::unknown;
  // log10 of how far inside: of m / m_min, eta_max / eta, n / n_min, theta_max / |theta*|, C_data / max |x_k|,
  // d / d_min. Negative outside. Absent where nothing bounds it (margin = inf or -inf, as `holds` says).
  std::optional<Ball> margin;
  std::string detail;  // one line: both sides with their values, and what was assumed
};

struct Regime {
  std::vector<Assumption> assumptions;  // A1..A6 in order
  std::vector<std::string> needed;      // names of those that the statement assumes
  Truth inside = Truth::unknown;        // all of the needed ones hold
};

// One rung of a ladder: the claim's two sides at one value of the key that goes to its limit.
struct Rung {
  std::string at;  // exact value of the key
  Ball limit;      // what goes to infinity: 1/eta, m
  Ball bound;      // the claim's right-hand side without its constant
  Ball measured;   // its left-hand side
  Ball constant;   // measured / bound: the least constant that the claim needs here
};

// A claim with O(.): the constant it needs along a ladder, and the exponent of that constant in `limit`.
struct Ladder {
  std::string key;         // "eta", "m"
  std::string limit_name;  // "1/eta", "m"
  std::string quantity;    // what `measured` is, in words
  std::vector<Rung> rungs;
  double exponent = 0, exponent_low = 0, exponent_high = 0;  // of `constant` in `limit`, with its interval
  double confidence = 0;                                     // of the interval: 0.95
};

// A sequential test of P(fail) <= q over independent replicas [Robbins1970, Howard2021].
struct Sample {
  std::uint64_t trials = 0, failures = 0, ambiguous = 0;
  double alpha = 0;             // spent on this row
  double log10_e_violated = 0;  // evidence against p <= q
  double log10_e_holds = 0;     // evidence against p >= q
  double low = 0, high = 1;     // confidence sequence for p at level 1 - alpha
  double smallest_detectable =
      1;  // the least p that this many trials would have refuted q with, half the time
};

using Parameter = std::pair<std::string, std::string>;  // key, exact value

// The values of one key at which a claim was evaluated: exact, low <= high.
struct Range {
  std::string key, low, high;
};

// What `supported` rests on: the largest constant that the claim needed, and where.
struct Support {
  std::string constant;  // decimal, rounded up
  std::vector<Range> range;
};

// A Coq theorem about the statement. It stands beside the row in its own words; `decides` is true if it settles this row:
// it speaks of every instance with the row's parameters, and they meet its hypotheses.
struct Theorem {
  std::string name;
  bool disproves = false;
  std::string says, scope;
  bool decides = false;
};

struct Verdict {
  std::string statement, clause, reading;  // ids; clause may be empty
  std::vector<Parameter> parameters;
  Regime regime;
  std::string claim;     // in words and symbols, with its numbers put in
  std::string bound;     // the claimed side, decimal
  std::string measured;  // the found side, decimal
  Outcome outcome = Outcome::undecided;
  Evidence evidence = Evidence::computed;
  std::string basis;  // one or two sentences: how it was judged, and what that leaves open
  std::optional<Sample> sample;
  std::optional<Ladder> ladder;
  std::optional<Support> support;  // present if and only if the outcome is `supported`
  std::string radius;  // of the enclosure behind `certified`, decimal, rounded up; "0" for exact arithmetic
  std::vector<Theorem> theorems;
  std::vector<std::string> proofs;  // theorem names, from the manifest of proofs_check
  std::string seed;
  std::string reproduce;  // the command line that gives this row again
};

std::string to_string(Outcome outcome);
std::string to_string(Evidence evidence);
std::optional<Outcome> outcome_of(std::string_view text);
std::optional<Evidence> evidence_of(std::string_view text);

// A validity map: the outcome over one key or the plane of two, at points that were refined towards the borders.
struct MapPoint {
  std::string x, y;  // exact values of the keys; y empty where there is one
  Outcome outcome = Outcome::undecided;
  Truth inside = Truth::unknown;
  std::string bound, measured;
  unsigned level = 0;  // 0: the coarse grid; each refinement halves the spacing
};
struct ValidityMap {
  std::string statement, clause, reading;
  std::string x_key, y_key;  // y_key empty where there is one
  bool x_log = false, y_log = false;
  std::vector<MapPoint> points;
  std::vector<Parameter> marked;      // the paper's own values of the keys
  std::vector<Parameter> parameters;  // of everything else
  std::string claim, reproduce;
};

}  // namespace escapement::theory

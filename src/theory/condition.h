// Condition 1 [LabelNoise2026]: the assumptions A1..A6 at a point of parameter space, with the numbers it would take.
//
//   A1  m >= omega / sqrt(eta)          A4  |theta*| <= m^(-1/4)
//   A2  eta <= C^-96                    A5  max_k |x_k| <= C_data
//   A3  n >= 1 / eta^2                  A6  d >= 9 ln(2) K^4 / (2 c)
//   C = max( e^(-+ (sigma C_data)^2 / 3), (kappa sqrt(d))^8, e^(C_data^2) ),
//   kappa = 2 (1 - 3/(4 sqrt(pi))) / ((1/2 - 3/(4 sqrt(pi))) sqrt(pi))
//
// "C sufficiently large" is read as: at least the footnote's maximum, and as small as that allows, since A2 is easiest
// there. docs/statements/condition-1.md has the readings and the boundary cases.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "escapement/model/instance.h"
#include "escapement/numeric/ball.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/exact.h"
#include "escapement/theory/verdict.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

// The print of the footnote's first term is damaged: e^(-(sigma C_data)^2/3) or e^(+(sigma C_data)^2/3). `minus` asks
// for less: what fails under it fails under both.
enum class Footnote { minus, plus };
std::string to_string(Footnote footnote);

// What the paper leaves undefined.
struct ConditionInputs {
  Exact K = 1, c = 1;  // > 0; of A6, from a lemma on norms of sub-Gaussian vectors
  Exact omega = 1;     // > 0; the constant that Omega hides in A1
  Footnote footnote = Footnote::minus;
  std::optional<Exact> c_data;  // > 0; none: max |x_k| of the data set
  std::set<std::string>
      given;  // of "K", "c", "omega", "footnote": the caller's; the others are reported as assumed
};

enum class Inputs {
  sample,     // n inputs
  fresh,      // new ones at every step: n is infinite, |x| unbounded
  population  // their exact expectation: likewise
};

// What is absent is put on the border of its assumption: eta = C^-96, m and n the least integers, |theta*| = m^(-1/4),
// max |x_k| = C_data. Without both of the last two there is no C.
struct ConditionPoint {
  BigInt d = 20;             // >= 1
  Exact sigma = 4;           // >= 0
  std::optional<Exact> eta;  // > 0; step size of the loss (1/2) r^2
  std::optional<BigInt> m;   // >= 1
  Inputs inputs = Inputs::sample;
  std::optional<BigInt> n;                 // >= 1; means nothing unless inputs is sample
  std::optional<Exact> theta_squared;      // |theta*|^2 >= 0
  std::optional<Exact> max_input_squared;  // max_k |x_k|^2 of a sample, where it is known
};

// Of rows x_k [n x d], exactly; 0 without rows.
Exact largest_squared_norm(const std::vector<std::vector<Exact>>& rows);
// max_k |x_k|^2, exactly; none where inputs are fresh or the population's.
std::optional<Exact> max_input_squared(const model::Instance& instance);
// Everything that defines Condition 1 in an instance. |theta*| is the configured norm where theta* is generated (its
// direction is a unit vector up to double's rounding). The loss `square` doubles eta, as it doubles every gradient.
ConditionPoint condition_point(const model::Instance& instance);

struct Quantity {
  std::string name;               // "eta_max"
  std::string origin;             // its formula, with the values put in
  std::optional<Ball> value;      // none: see `absent`
  std::optional<Ball> log10;      // none where value is absent or zero
  std::optional<BigInt> integer;  // m_min, n_min in full, unless longer than about 150,000 digits
  std::string absent;             // why there is no value: "infinite: sigma = 0"
  std::optional<Exact> exact;     // where the value is rational and no integer
  // Of a bound: the side on which a rounded value still meets the assumption.
  std::optional<numeric::Side> safe;
};

// The value in decimal, of a bound on its safe side. Empty where there is none.
std::string decimal(const Quantity& quantity, int digits);

// One term of the footnote's maximum.
struct FootnoteTerm {
  std::string formula;
  std::optional<Ball> log;  // natural; none where C_data is not known
};

struct Assumed {
  std::string key, value, why;
};

struct Condition {
  ConditionPoint point;
  ConditionInputs inputs;
  std::optional<Exact> c_data_squared;
  std::array<FootnoteTerm, 3> terms;
  std::optional<std::size_t> deciding;  // index of the largest term
  Quantity C, eta_max, m_min, n_min, theta_max, d_min;
  Quantity T1;                          // 384 sqrt(ln m) / (sigma^2 eta^2 sqrt(m)), in steps [Theorem 4.2]
  std::vector<Assumption> assumptions;  // A1..A6
  std::vector<Assumed> assumed;         // what the answer rests on beyond the point
  // log10 of the expected number among n inputs x ~ N(0, I_d) with |x| > C_data: far above 0, the paper's own data law
  // meets A5 with probability exp(-10^that). None where C_data or n is not known, and where d or C_data is beyond 10^6.
  std::optional<Ball> log10_expected_outside;
  // P(|x| > C_data) for one input x ~ N(0, I_d); none likewise.
  std::optional<Ball> outside_probability;

  std::vector<const Quantity*> quantities() const {
    return {&C, &eta_max, &m_min, &n_min, &theta_max, &d_min, &T1};
  }
};

// Values have a relative error below 2^-accurate_bits, comparisons are decided (exactly in rationals where both sides
// are; else at rising precision). The signs and positivity above are the caller's duty.
Condition evaluate_condition(const ConditionPoint& point, const ConditionInputs& inputs,
                             long accurate_bits = 192);
Condition evaluate_condition(const model::Instance& instance, const ConditionInputs& inputs);

// T1 at the working precision; none (infinite) for sigma = 0. 0 for m = 1.
std::optional<Ball> escape_time(const BigInt& m, const Exact& sigma, const Exact& eta);

// Inside where all the needed ones hold; outside where one of them does not; else unknown. A name that is not among the
// assumptions is a bug.
Regime regime_of(std::vector<Assumption> assumptions, std::vector<std::string> needed);

}  // namespace escapement::theory

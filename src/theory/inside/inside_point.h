// A point of parameter space that meets every assumption of Condition 1 [LabelNoise2026], for what cannot be run there.
// docs/concepts/inside.md.
#pragma once

#include <string>
#include <vector>

#include "escapement/config/config.h"
#include "escapement/theory/condition.h"

namespace escapement::theory {

// Inputs are uniform on the sphere of radius |x|: bounded by C_data, as A5 asks, with covariance c I, c = |x|^2/d, and like
// normal inputs in direction.
struct InsidePoint {
  std::size_t d = 1;
  Exact sigma, eta, theta_norm, c_data, input_squared, covariance;
  BigInt m, n;
  std::vector<Assumption> assumptions;  // all of A1..A6 hold
  std::vector<Parameter> parameters;    // key, exact value
};

// d and sigma from the configuration; C_data as given, else ceil(sqrt(d)) with |x| = sqrt(d) (covariance I). Unless `--set`
// sets them: eta = 10^-k, the largest with A2 and k a multiple of 8; m the least power of ten with A1; theta_norm the
// largest power of ten with A4. n the least multiple of 2d with A3. Throws config::InputError where d cannot meet A6, sigma
// is 0, or a value that was set is outside.
InsidePoint inside_point(const config::Config& config, const ConditionInputs& inputs);

// Why the limits eta -> 0 do not describe descent at a step size: the step times the loss's curvature is not small (at
// most 1/100), so that descent may leave what the limit follows, and diverges from a product of 2 on. Empty where it is
// small.
std::string limit_failure(const Ball& eta_times_curvature);

// 10^e, of any length; e >= 0.
BigInt power_of_ten(unsigned long e);
// The least e with 10^e >= x; x >= 1.
unsigned long exponent_of_ten(const BigInt& x);

}  // namespace escapement::theory

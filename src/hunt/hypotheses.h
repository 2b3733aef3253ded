// Hypotheses of the statements, checked exactly in rationals wherever they are rational.
#pragma once

#include "escapement/hunt/target.h"
#include "escapement/theory/condition.h"

namespace escapement::hunt {

Exact inner(const std::vector<Exact>& a, const std::vector<Exact>& b, std::size_t length);

// value >= 0, exactly.
Hypothesis not_negative(std::string name, std::string detail, const Exact& value);
// value = 0, exactly: the margin is -|value|.
Hypothesis is_zero(std::string name, std::string detail, const Exact& value);

Hypothesis phase_two(const Case& c);  // |w_i|^2 <= eta and a_i^2 <= eta for all i
Hypothesis aligned(const Case& c);    // every w_i is a multiple of theta*
Hypothesis isotropic(const Case& c);  // C = (1/n) sum x_k x_k^T = I
// The inputs span R^d: their rank, by elimination in rationals. Nobody's hypothesis, but Gaussian data have it; margin: rank - d.
Hypothesis spanning(const Case& c);
// Adds the axes that are missing for that, each once.
void make_spanning(Case& c);

// Not the statement's own: `spanning`, and A1..A6 at the case unless the statement assumes nothing; `inputs` as in
// `escapement conditions`.
std::vector<Hypothesis> condition_one(const Target& target, const Case& c,
                                      const theory::ConditionInputs& inputs);

// What is wrong with a case as an example, whatever the claim: theta* = 0, an input that is zero, a neuron that is zero.
std::string zero_witness(const Case& c);

// Steps until a time: the least integer >= time(), or none where that is beyond `most`.
std::optional<std::uint64_t> steps_until(const std::function<Ball()>& time, std::uint64_t most);

}  // namespace escapement::hunt

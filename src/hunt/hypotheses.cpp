#include "escapement/hunt/hypotheses.h"

#include <algorithm>

#include "escapement/hunt/dice.h"
#include "escapement/hunt/targets/targets.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

namespace {

constexpr long kMarginBits = 64;
constexpr long kDoubleExponent = 300;

// Columns with a pivot, after elimination of a matrix [n x d].
std::vector<bool> pivots_of(std::vector<std::vector<Exact>> rows, std::size_t d) {
  std::vector<bool> pivots(d, false);
  std::size_t rank = 0;
  for (std::size_t j = 0; j < d && rank < rows.size(); ++j) {
    const auto at = std::find_if(rows.begin() + static_cast<long>(rank), rows.end(),
                                 [j](const std::vector<Exact>& row) { return row[j] != 0; });
    if (at == rows.end()) continue;
    std::swap(*at, rows[rank]);
    for (std::size_t i = rank + 1; i < rows.size(); ++i) {
      const Exact factor = rows[i][j] / rows[rank][j];
      if (factor == 0) continue;
      for (std::size_t k = j; k < d; ++k) rows[i][k] -= factor * rows[rank][k];
    }
    pivots[j] = true;
    ++rank;
  }
  return pivots;
}

Exact row_limit(const Case& c, bool second) {
  Exact most = 0;
  for (const auto& row : c.rows)
    most = std::max(most, second ? Exact(row[c.d()] * row[c.d()]) : inner(row, row, c.d()));
  return most;
}

}  // namespace

Exact inner(const std::vector<Exact>& a, const std::vector<Exact>& b, std::size_t length) {
  Exact sum = 0;
  for (std::size_t j = 0; j < length; ++j) sum += a[j] * b[j];
  return sum;
}

Hypothesis not_negative(std::string name, std::string detail, const Exact& value) {
  const numeric::WorkingPrecision precision(kMarginBits);
  return {std::move(name), std::move(detail), numeric::truth(value >= 0), Ball::from(value)};
}

Hypothesis is_zero(std::string name, std::string detail, const Exact& value) {
  return not_negative(std::move(name), std::move(detail), -abs(value));
}

Hypothesis phase_two(const Case& c) {
  return not_negative("phase-2", "|w_i|, |a_i| <= sqrt(eta) for all i; margin: of the squares",
                      c.eta - std::max(row_limit(c, false), row_limit(c, true)));
}

Hypothesis aligned(const Case& c) {
  Exact worst = 0;
  for (const auto& row : c.rows) {
    const Exact along = inner(row, c.theta_star, c.d());
    const Exact off = inner(row, row, c.d()) * inner(c.theta_star, c.theta_star, c.d()) - along * along;
    worst = std::max(worst, off);
  }
  return is_zero("aligned", "every w_i is a multiple of theta*", worst);
}

Hypothesis isotropic(const Case& c) {
  Exact worst = 0;
  const Exact n(c.sample_size());
  for (std::size_t i = 0; i < c.d(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      Exact sum = 0;
      for (std::size_t k = 0; k < c.inputs.size(); ++k)
        sum +=
            (c.input_copies.empty() ? Exact(1) : Exact(c.input_copies[k])) * c.inputs[k][i] * c.inputs[k][j];
      worst = std::max(worst, Exact(abs(Exact(sum / n - (i == j ? 1 : 0)))));
    }
  return is_zero("C = I", "(1/n) sum x_k x_k^T is the identity, as on the population", worst);
}

Hypothesis spanning(const Case& c) {
  const std::vector<bool> pivots = pivots_of(c.inputs, c.d());
  const auto missing = std::count(pivots.begin(), pivots.end(), false);
  Hypothesis h =
      not_negative("spanning", "the inputs span the space; margin: rank - d", Exact(BigInt(-missing)));
  h.own = false;
  return h;
}

void make_spanning(Case& c) {
  const std::vector<bool> pivots = pivots_of(c.inputs, c.d());
  for (std::size_t j = 0; j < c.d(); ++j) {
    if (pivots[j]) continue;
    c.inputs.emplace_back(c.d());
    c.inputs.back()[j] = 1;
    if (!c.input_copies.empty()) c.input_copies.push_back(1);
  }
}

std::vector<Hypothesis> condition_one(const Target& target, const Case& c,
                                      const theory::ConditionInputs& inputs) {
  std::vector<Hypothesis> result{spanning(c)};
  if (target.assumes.empty()) return result;
  theory::ConditionPoint point;
  point.d = c.d();
  point.sigma = c.sigma;
  point.eta = c.eta;
  point.m = c.width();
  point.n = c.sample_size();
  point.theta_squared = inner(c.theta_star, c.theta_star, c.d());
  point.max_input_squared = theory::largest_squared_norm(c.inputs);
  for (const theory::Assumption& a : theory::evaluate_condition(point, inputs, kMarginBits).assumptions)
    result.push_back({a.name, a.detail, a.holds, a.margin, false});
  return result;
}

std::string zero_witness(const Case& c) {
  const auto zero_vector = [](const std::vector<Exact>& v) {
    return std::all_of(v.begin(), v.end(), [](const Exact& x) { return x == 0; });
  };
  if (zero_vector(c.theta_star)) return "theta* = 0";
  if (std::any_of(c.inputs.begin(), c.inputs.end(), zero_vector)) return "an input is zero";
  if (std::any_of(c.rows.begin(), c.rows.end(), zero_vector)) return "a neuron is zero";
  return "";
}

std::optional<std::uint64_t> steps_until(const std::function<Ball()>& time, std::uint64_t most) {
  const auto steps = numeric::full_integer(time, 4096);
  if (!steps || *steps > most) return std::nullopt;
  return *steps < 1 ? 1 : static_cast<std::uint64_t>(*steps);
}

bool affordable(const Case& c) {
  const double size = static_cast<double>((c.rows.size() + c.inputs.size()) * (c.d() + 1));
  const bool tiny = c.eta < power_of_two(-kDoubleExponent);  // beyond double: a step costs much more
  return static_cast<double>(c.steps + 1) * size <= (tiny ? kMostWork / 50 : kMostWork);
}

bool complete_label_noise(Case& c) {
  c.algorithm = "label-noise-sgd";
  if (c.inputs.empty() || c.rows.empty() || c.eta <= 0 || c.sigma < 0) return false;
  const std::size_t given = c.samples.size(), signs = c.noise.size();
  c.samples.resize(c.steps);
  c.noise.resize(c.steps);
  for (std::size_t t = 0; t < c.steps; ++t) {
    if (t >= given) c.samples[t] = given == 0 ? 0 : c.samples[t % given];
    if (t >= signs) c.noise[t] = signs == 0 ? std::int8_t{1} : c.noise[t % signs];
    c.samples[t] %= static_cast<std::uint32_t>(c.inputs.size());
  }
  return affordable(c);
}

void complete_descent(Case& c) {
  c.algorithm = "gradient-descent";
  c.sigma = 0;
  c.samples.clear();
  c.noise.clear();
}

void into_phase_two(Case& c) {
  for (auto& row : c.rows) {
    while (inner(row, row, c.d()) > c.eta)
      for (std::size_t j = 0; j < c.d(); ++j) row[j] /= 2;
    while (row[c.d()] * row[c.d()] > c.eta) row[c.d()] /= 2;
  }
}

}  // namespace escapement::hunt

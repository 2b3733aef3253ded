// Lemma 4.4 (diminishing under simulated oscillation) [LabelNoise2026]: for some t0 <= 1/eta^2 the mean squared norm of
// the neurons is at most sqrt(eta) in expectation. The expectation has a closed form (theory/oscillation_moments.h), so
// a case is the data, theta* and eta; m = 1/sqrt(eta). docs/statements/lemma-4.4.md.
#include "escapement/hunt/targets/targets.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/oscillation_moments.h"

namespace escapement::hunt {

namespace {

constexpr int kMostTimes = 256;  // eta >= 1/16
constexpr long kSearchBits = 128;

// 1/sqrt(eta) where that is an integer, else 0.
BigInt width_of(const Exact& eta) {
  if (eta <= 0 || numerator(eta) != 1) return 0;
  const BigInt root = sqrt(BigInt(denominator(eta)));
  return root * root == denominator(eta) ? root : BigInt(0);
}

Hypothesis along_axes(const Case& c) {
  Exact off = c.inputs.size() == c.d() ? 0 : 1;
  for (std::size_t k = 0; k < c.inputs.size(); ++k)
    for (std::size_t j = 0; j < c.d(); ++j)
      if (j != k) off += abs(c.inputs[k][j]);
  return is_zero("axes", "one input along each axis: C is diagonal", off);
}

// x_k = c e_k: C is diagonal, so that its eigenvectors are the axes.
void onto_axes(Case& c) {
  c.inputs.resize(c.d(), std::vector<Exact>(c.d()));
  for (std::size_t k = 0; k < c.d(); ++k)
    for (std::size_t j = 0; j < c.d(); ++j)
      if (j != k) c.inputs[k][j] = 0;
  if (c.input_copies.size() != c.d()) c.input_copies.clear();
}

theory::OscillationProblem problem_of(const Case& c) {
  theory::OscillationProblem problem{c.eta, width_of(c.eta), c.d(), {}};
  for (std::size_t j = 0; j < c.d(); ++j)
    problem.directions.push_back(
        {Ball::from(Exact((c.input_copies.empty() ? Exact(1) : Exact(c.input_copies[j])) * c.inputs[j][j] *
                          c.inputs[j][j] / Exact(c.sample_size()))),
         Ball::from(Exact(c.theta_star[j] * c.theta_star[j])), 1});
  return problem;
}

// The least expectation over t = 0 .. 1/eta^2: all of them, or a geometric choice (an upper bound of the least).
Ball least_norm(const Case& c, bool every_time) {
  const theory::OscillationProblem problem = problem_of(c);
  Ball least = theory::mean_squared_norm(problem, c.steps);
  for (BigInt t = c.steps; t > 0;) {
    t = every_time ? BigInt(t - 1) : BigInt(t - 1) / 2;
    const Ball there = theory::mean_squared_norm(problem, t);
    least = numeric::minimum(least, there);
  }
  return least;
}

template <class T>
std::vector<Sides<T>> sides(const Case& c, const Exact& exponent) {
  constexpr bool certified = std::is_same_v<T, Ball>;
  const numeric::WorkingPrecision precision(std::max(kSearchBits, numeric::working_bits()));
  const Ball bound = numeric::pow(Ball::from(c.eta), exponent);
  return {at_most<T>(take<T>(least_norm(c, certified)), take<T>(bound))};
}

}  // namespace

std::vector<Target> oscillation_targets(const theory::PaperConstants& constants) {
  Target t;
  t.id = "lemma-4.4";
  t.reading = "literal";
  t.text = "E[(1/m) sum_i |w_i(t0)|^2] <= sqrt(eta) for some t0 <= 1/eta^2, m = 1/sqrt(eta)";
  t.start = Start::chain;
  t.algorithm = "oscillation";
  t.assumes = {"A1", "A2", "A3", "A5", "A6"};
  t.complete = [exponent = constants.oscillation_time_exponent](Case& c) {
    if (width_of(c.eta) < 2) return false;
    c.algorithm = "oscillation";
    c.sigma = 0;
    c.rows.clear();
    c.row_copies = {width_of(c.eta)};
    c.samples.clear();
    c.noise.clear();
    onto_axes(c);
    const auto times = numeric::full_integer(
        [&] { return numeric::pow(Ball::from(c.eta), Exact(-exponent)) + Ball::from(Exact(1, 1000)); }, 4096);
    if (!times || *times - 1 > kMostTimes) return false;
    c.steps = static_cast<std::uint64_t>(BigInt(*times - 1));
    return true;
  };
  t.hypotheses = [](const Case& c) {
    return std::vector<Hypothesis>{
        not_negative("m", "m = 1/sqrt(eta) is an integer >= 2", Exact(width_of(c.eta)) - 2), along_axes(c)};
  };
  t.degenerate = [](const Case& c) {
    for (std::size_t j = 0; j < c.d(); ++j)
      if (c.inputs[j][j] == 0)
        return std::string("the data do not see a direction, where nothing can shrink");
    return zero_witness(c);
  };
  t.claim_with([exponent = constants.oscillation_exponent](auto scalar, const Case& c) {
    return sides<decltype(scalar)>(c, exponent);
  });
  return {t};
}

}  // namespace escapement::hunt

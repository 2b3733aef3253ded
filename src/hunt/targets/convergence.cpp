// Lemma 4.6 (convergence) [LabelNoise2026]: all neurons aligned at t2, gradient descent; ln(1/eta)/(eta |theta*|^2) steps
// later |theta - theta*| <= K eta ln(1/eta), and neurons with |w_i| >= sqrt(eta) are aligned up to K eta ln(1/eta).
// docs/statements/lemma-4.6.md.
#include <algorithm>

#include "escapement/hunt/targets/targets.h"
#include "escapement/numeric/ball_functions.h"

namespace escapement::hunt {

namespace {

constexpr std::uint64_t kMostSteps = 6'000;

std::optional<std::uint64_t> steps_of(const Case& c, const Exact& factor) {
  return steps_until(
      [&] {
        const Ball eta = Ball::from(c.eta);
        return -numeric::log(eta) * Ball::from(factor) /
               (eta * Ball::from(inner(c.theta_star, c.theta_star, c.d())));
      },
      kMostSteps);
}

template <class T>
std::vector<Sides<T>> sides(const Case& c, bool predictor, const Exact& exponent) {
  Walk<T> walk(c);
  for (std::uint64_t t = 0; t < c.steps; ++t) walk.step();
  if (!walk.finite()) return {};
  const std::size_t d = c.d();
  const Ball eta = Ball::from(c.eta);
  const T bound = take<T>(Ball::from(c.constant) * -numeric::log(eta) * numeric::pow(eta, exponent));
  if (predictor) {
    T squared = numeric::from_int<T>(0);
    for (std::size_t j = 0; j < d; ++j) {
      const T off = walk.theta()[j] - walk.theta_star()[j];
      squared += off * off;
    }
    return {at_most<T>(numeric::square_root(squared), bound)};
  }
  std::vector<Sides<T>> result;
  const T star = dot(walk.theta_star(), walk.theta_star(), d);
  for (const std::vector<T>& row : walk.rows()) {
    const T length = dot(row, row, d);
    if (numeric::is_less(length, walk.eta()) != Truth::no) continue;  // short, or not surely long
    const T along = dot(row, walk.theta_star(), d);
    const T cosine = numeric::absolute(along) / numeric::square_root(T(star * length));
    result.push_back(at_most<T>(numeric::from_int<T>(1) - cosine, bound));
  }
  return result;
}

// w_i becomes its component along theta*.
void align(Case& c) {
  const Exact star = inner(c.theta_star, c.theta_star, c.d());
  for (auto& row : c.rows) {
    const Exact along = inner(row, c.theta_star, c.d()) / star;
    for (std::size_t j = 0; j < c.d(); ++j) row[j] = along * c.theta_star[j];
  }
}

// Some a_i <w_i, theta*> >= |theta*| eta / 4: a neuron of the order of Phase II that grows.
Hypothesis growing(const Case& c) {
  Exact best = -1;
  for (const auto& row : c.rows) {
    const Exact product = row[c.d()] * inner(row, c.theta_star, c.d());
    const Exact least = inner(c.theta_star, c.theta_star, c.d()) * c.eta * c.eta / 16;
    best = std::max(best, product <= 0 ? Exact(product - least) : Exact(product * product - least));
  }
  return not_negative("growing", "some a_i <w_i, theta*> >= |theta*| eta/4; margin: of the squares", best);
}

// Hadamard's matrix: C = I exactly.
void isotropic_data(Case& c) {
  std::size_t n = 1;
  while (n < c.d()) n *= 2;
  c.inputs.assign(n, std::vector<Exact>(c.d()));
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t j = 0; j < c.d(); ++j) c.inputs[k][j] = __builtin_popcountll(k & j) % 2 == 0 ? 1 : -1;
  c.input_copies.clear();
}

}  // namespace

std::vector<Target> convergence_targets(const theory::PaperConstants& constants) {
  std::vector<Target> all;
  for (const bool predictor : {true, false})
    for (const bool grows : {false, true})
      for (const bool population : {false, true}) {
        Target t;
        t.id = "lemma-4.6";
        t.clause = predictor ? "1" : "2";
        t.reading = grows ? (population ? "non-degenerate+population" : "non-degenerate")
                          : (population ? "population" : "literal");
        t.text =
            std::string(predictor
                            ? "|theta(t3) - theta*| <= K eta ln(1/eta)"
                            : "1 - |cos(w_i(t3), theta*)| <= K eta ln(1/eta) where |w_i(t3)| >= sqrt(eta)") +
            ", ceil(ln(1/eta)/(eta |theta*|^2)) steps of gradient descent after an aligned Phase II start" +
            (grows ? " with some a_i <w_i, theta*> >= |theta*| eta/4" : "") + (population ? ", C = I" : "");
        t.constant = true;
        t.algorithm = "gradient-descent";
        t.assumes = {"A1", "A2", "A3", "A5", "A6"};
        t.complete = [population, factor = constants.convergence_time](Case& c) {
          complete_descent(c);
          if (c.eta <= 0 || c.eta >= 1 || inner(c.theta_star, c.theta_star, c.d()) == 0) return false;
          if (population && isotropic(c).holds != Truth::yes) isotropic_data(c);
          align(c);
          into_phase_two(c);
          const auto steps = steps_of(c, factor);
          c.steps = steps.value_or(0);
          return steps && affordable(c);
        };
        t.hypotheses = [grows, population, factor = constants.convergence_time](const Case& c) {
          const Exact off = Exact(BigInt(c.steps)) - Exact(BigInt(steps_of(c, factor).value_or(0)));
          std::vector<Hypothesis> list{
              aligned(c), phase_two(c),
              not_negative("small eta", "eta <= 1/4, where eta ln(1/eta) falls with eta",
                           Exact(1, 4) - c.eta),
              is_zero("t3", "the number of steps is the least one >= t3 - t2", off)};
          if (grows) list.push_back(growing(c));
          if (population) list.push_back(isotropic(c));
          return list;
        };
        t.degenerate = [](const Case& c) {
          for (const auto& row : c.rows)
            if (inner(row, row, c.d()) == 0) return std::string("a neuron with w = 0 has no direction");
          return zero_witness(c);
        };
        t.claim_with([predictor, exponent = constants.convergence_exponent](auto scalar, const Case& c) {
          return sides<decltype(scalar)>(c, predictor, exponent);
        });
        all.push_back(std::move(t));
      }
  return all;
}

}  // namespace escapement::hunt

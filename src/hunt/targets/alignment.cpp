// Lemma 4.5 (alignment) [LabelNoise2026]: from Phase II on, gradient descent; T2 = ln(1/eta)/|theta*| later every neuron's
// 1 - |cos(w_i, theta*)| is at most K ln(1/eta) sqrt(eta). docs/statements/lemma-4.5.md.
#include "escapement/hunt/targets/targets.h"
#include "escapement/numeric/ball_functions.h"

namespace escapement::hunt {

namespace {

constexpr std::uint64_t kMostSteps = 6'000;

Ball norm_of(const std::vector<Exact>& v) { return sqrt(Ball::from(inner(v, v, v.size()))); }

std::optional<std::uint64_t> steps_of(const Case& c, bool flow_time, const Exact& factor) {
  return steps_until(
      [&] {
        const Ball eta = Ball::from(c.eta),
                   time = -numeric::log(eta) / norm_of(c.theta_star) * Ball::from(factor);
        return flow_time ? time / eta : time;
      },
      kMostSteps);
}

template <class T>
std::vector<Sides<T>> sides(const Case& c, const Exact& exponent) {
  Walk<T> walk(c);
  for (std::uint64_t t = 0; t < c.steps; ++t) walk.step();
  if (!walk.finite()) return {};
  const Ball eta = Ball::from(c.eta);
  const T bound = take<T>(Ball::from(c.constant) * -numeric::log(eta) * numeric::pow(eta, exponent));
  const T theta = numeric::square_root(dot(walk.theta_star(), walk.theta_star(), c.d()));
  std::vector<Sides<T>> result;
  for (const std::vector<T>& row : walk.rows()) {
    const T squared = dot(row, row, c.d());
    if (numeric::is_less(numeric::from_int<T>(0), squared) != Truth::yes)
      continue;  // no direction, or not surely one
    const T cosine =
        numeric::absolute(dot(row, walk.theta_star(), c.d())) / (theta * numeric::square_root(squared));
    result.push_back(at_most<T>(numeric::from_int<T>(1) - cosine, bound));
  }
  return result;
}

std::string degenerate(const Case& c) {
  for (const auto& row : c.rows) {
    if (inner(row, row, c.d()) == 0) return "a neuron with w = 0 has no direction";
    if (row[c.d()] == 0 && inner(row, c.theta_star, c.d()) == 0)
      return "a neuron orthogonal to theta* with a = 0 has nothing that could grow";
  }
  return zero_witness(c);
}

}  // namespace

std::vector<Target> alignment_targets(const theory::PaperConstants& constants) {
  std::vector<Target> all;
  for (const bool flow_time : {false, true}) {
    Target t;
    t.id = "lemma-4.5";
    t.reading = flow_time ? "flow-time" : "literal";
    t.text = std::string("1 - |cos(w_i(t2), theta*)| <= K ln(1/eta) sqrt(eta) for all i, ") +
             (flow_time ? "ceil(ln(1/eta)/(eta |theta*|))" : "ceil(ln(1/eta)/|theta*|)") +
             " steps of gradient descent after a Phase II start";
    t.constant = true;
    t.algorithm = "gradient-descent";
    t.assumes = {"A1", "A2", "A3", "A5", "A6"};
    t.complete = [flow_time, factor = constants.alignment_time](Case& c) {
      complete_descent(c);
      if (c.eta <= 0 || c.eta >= 1 || inner(c.theta_star, c.theta_star, c.d()) == 0) return false;
      into_phase_two(c);
      const auto steps = steps_of(c, flow_time, factor);
      c.steps = steps.value_or(0);
      return steps && affordable(c);
    };
    t.hypotheses = [flow_time, factor = constants.alignment_time](const Case& c) {
      const auto steps = steps_of(c, flow_time, factor);
      const Exact off = Exact(BigInt(c.steps)) - Exact(BigInt(steps.value_or(0)));
      return std::vector<Hypothesis>{
          phase_two(c),
          not_negative("small eta", "eta <= 1/8, where ln(1/eta) sqrt(eta) falls with eta",
                       Exact(1, 8) - c.eta),
          is_zero("T2", "the number of steps is the least one >= T2", off)};
    };
    t.degenerate = degenerate;
    t.claim_with([exponent = constants.alignment_exponent](auto scalar, const Case& c) {
      return sides<decltype(scalar)>(c, exponent);
    });
    all.push_back(std::move(t));
  }
  return all;
}

}  // namespace escapement::hunt

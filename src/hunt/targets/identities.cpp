// The two displayed identities, for label-noise SGD from any start, along any driving sequence [LabelNoise2026, after
// Theorem 4.2]. docs/statements/norm-identity.md, oscillation-identity.md.
#include "escapement/hunt/targets/targets.h"

namespace escapement::hunt {

namespace {

template <class T>
T squared_norm(const std::vector<T>& row, std::size_t d) {
  return dot(row, row, d);
}

template <class T>
std::vector<Sides<T>> norm_sides(const Case& c, const Exact& weight) {
  Walk<T> walk(c);
  const Matrix<T> start = walk.rows();
  const std::size_t m = start.size(), d = c.d();
  std::vector<T> sum(m, numeric::from_int<T>(0)), size = sum;
  for (std::uint64_t t = 0; t < c.steps; ++t) {
    for (std::size_t i = 0; i < m; ++i) {
      const T delta = walk.delta(i, c.samples[t], c.noise[t]);
      sum[i] += delta;
      size[i] += numeric::absolute(delta);
    }
    walk.step();
  }
  const T factor = numeric::from_exact<T>(weight) * walk.eta() * walk.eta();
  std::vector<Sides<T>> result;
  for (std::size_t i = 0; i < m; ++i) {
    const T before = squared_norm(start[i], d), after = squared_norm(walk.rows()[i], d);
    const T a0 = start[i][d] * start[i][d], a1 = walk.rows()[i][d] * walk.rows()[i][d];
    result.push_back(
        zero<T>(after - before - factor * sum[i] + a0 - a1, after + before + factor * size[i] + a0 + a1));
  }
  return result;
}

template <class T>
std::vector<Sides<T>> oscillation_sides(const Case& c, const Exact& weight, bool with_step_size) {
  Walk<T> walk(c);
  const std::size_t d = c.d();
  std::vector<Sides<T>> result;
  for (std::uint64_t t = 0; t < c.steps; ++t) {
    const Matrix<T> before = walk.rows();
    const T g = walk.residual(c.samples[t], c.noise[t]);
    walk.step();
    for (std::size_t i = 0; i < before.size(); ++i) {
      const T p = dot(before[i], walk.inputs()[c.samples[t]], d), moved = walk.rows()[i][d] - before[i][d];
      T left = g * g * p * p, right = numeric::from_exact<T>(weight) * moved * moved;
      if (with_step_size) right /= walk.eta() * walk.eta();
      // What the subtraction of nearly equal a's loses is rounding of the claim's own terms.
      T scale = left + right;
      if (with_step_size && !std::is_same_v<T, Ball>)
        scale += before[i][d] * before[i][d] / (walk.eta() * walk.eta());
      result.push_back(zero<T>(left - right, scale));
    }
  }
  return result;
}

Target target(const char* id, const char* reading, const char* text) {
  Target t;
  t.id = id;
  t.reading = reading;
  t.text = text;
  t.complete = [](Case& c) { return c.steps >= 1 && c.steps <= 64 && complete_label_noise(c); };
  t.hypotheses = [](const Case&) { return std::vector<Hypothesis>(); };
  t.degenerate = [](const Case& c) { return zero_witness(c); };
  return t;
}

}  // namespace

std::vector<Target> identity_targets(const theory::PaperConstants& constants) {
  std::vector<Target> all;
  all.push_back(target("norm-identity", "literal",
                       "|w_i(T)|^2 = |w_i(0)|^2 + eta^2 sum_{j<T} DeltaW_i(j) - a_i(0)^2 + a_i(T)^2"));
  all.back().claim_with([weight = constants.norm_identity_weight](auto scalar, const Case& c) {
    return norm_sides<decltype(scalar)>(c, weight);
  });
  for (const bool with : {false, true}) {
    all.push_back(target("oscillation-identity", with ? "with-step-size" : "literal",
                         with ? "g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2 / eta^2"
                              : "g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2"));
    all.back().claim_with([weight = constants.oscillation_weight, with](auto scalar, const Case& c) {
      return oscillation_sides<decltype(scalar)>(c, weight, with);
    });
  }
  return all;
}

}  // namespace escapement::hunt

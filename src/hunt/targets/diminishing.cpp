// Lemma 4.3 in the state at time 0, which is lazy: probabilities over the next (xi, eps) are counts of the 2n cases
// [LabelNoise2026]. The lemma speaks of most starts, so a case is a box of starts. docs/statements/lemma-4.3.md.
#include "escapement/hunt/targets/targets.h"
#include "escapement/numeric/ball_functions.h"

namespace escapement::hunt {

namespace {

enum class Clause { sign, size, bound };

// The share of (xi, eps), out of the 2n with copies, for which is_less says yes.
template <class T>
T share_of(const std::vector<std::pair<Truth, T>>& cases) {
  T sure = numeric::from_int<T>(0), open = sure;
  for (const auto& [truth, weight] : cases) {
    if (truth == Truth::yes) sure += weight;
    if (truth == Truth::unknown) open += weight;
  }
  if constexpr (std::is_same_v<T, Ball>) {
    if (!open.contains_zero()) return numeric::hull(sure, sure + open);
  }
  return sure;
}

template <class T>
struct Next {  // the next step, seen from one neuron
  T positive, sized, largest;
};

template <class T>
Next<T> next_of(const Walk<T>& walk, const Case& c, std::size_t neuron, const T& threshold) {
  const T zero = numeric::from_int<T>(0);
  std::vector<std::pair<Truth, T>> positive, sized;
  Next<T> result{zero, zero, zero};
  const Exact cases = 2 * Exact(c.sample_size());
  for (std::size_t k = 0; k < c.inputs.size(); ++k) {
    const Exact copies = c.input_copies.empty() ? Exact(1) : Exact(c.input_copies[k]);
    const T weight = numeric::from_exact<T>(Exact(copies / cases));
    // DeltaW > 0 is |<x, w>| < |a| |x| where g is not zero: sharper over a box than the product is.
    const std::vector<T>&x = walk.inputs()[k], &z = walk.rows()[neuron];
    const T p = dot(x, z, c.d()), a = z[c.d()];
    const Truth inner = numeric::is_less(T(p * p), T(a * a * dot(x, x, c.d())));
    for (const int sign : {-1, 1}) {
      const T g = walk.residual(k, sign), delta = walk.delta(neuron, k, sign);
      const Truth moves = numeric::is_less(zero, T(g * g));
      positive.emplace_back(inner == Truth::no || moves == Truth::no     ? Truth::no
                            : inner == Truth::yes && moves == Truth::yes ? Truth::yes
                                                                         : Truth::unknown,
                            weight);
      sized.emplace_back(!numeric::is_less(T(-threshold), delta), weight);
      result.largest = numeric::maximum(result.largest, delta);
    }
  }
  result.positive = share_of(positive);
  result.sized = share_of(sized);
  return result;
}

template <class T>
std::vector<Sides<T>> sides(const Case& c, Clause clause, bool typical,
                            const theory::PaperConstants& constants) {
  const Walk<T> walk(c);
  const Exact unit = c.sigma / constants.size_divisor;
  const T threshold = numeric::from_exact<T>(Exact(unit * unit));
  const Ball width = Ball::from(Exact(c.width()));
  T bound = numeric::from_int<T>(0);
  if (clause == Clause::sign)
    bound = take<T>(Ball::from(constants.sign_factor) * sqrt(Ball(static_cast<int>(c.d())) / numeric::pi()) /
                    numeric::root(width, 8));
  if (clause == Clause::size) bound = numeric::from_exact<T>(constants.size_probability);
  if (clause == Clause::bound)
    bound = take<T>(Ball::from(c.constant) * numeric::pow(width, Exact(-constants.step_bound_exponent)));
  std::vector<Sides<T>> result;
  T mean = numeric::from_int<T>(0);
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const Next<T> next = next_of(walk, c, i, threshold);
    const T& value = clause == Clause::sign   ? next.positive
                     : clause == Clause::size ? next.sized
                                              : next.largest;
    if (!typical) {
      result.push_back(clause == Clause::size ? at_most<T>(bound, value) : at_most<T>(value, bound));
      continue;
    }
    const Exact copies = c.row_copies.empty() ? Exact(1) : Exact(c.row_copies[i]);
    mean += value * numeric::from_exact<T>(Exact(copies / Exact(c.width())));
  }
  if (typical) result.push_back(clause == Clause::size ? at_most<T>(bound, mean) : at_most<T>(mean, bound));
  return result;
}

}  // namespace

std::vector<Target> diminishing_targets(const theory::PaperConstants& constants) {
  struct Row {
    const char *clause, *text;
    Clause kind;
  };
  std::vector<Target> all;
  for (const bool typical : {false, true})
    for (const Row& row : {Row{"1a", "P(DeltaW_i <= 0) >= 1 - rho m^(-1/8)", Clause::sign},
                           Row{"1b", "P(DeltaW_i <= -(sigma/4)^2) >= 1/4", Clause::size},
                           Row{"2a", "P(DeltaW_i > 0) <= rho m^(-1/8)", Clause::sign},
                           Row{"2b", "DeltaW_i <= K", Clause::bound}}) {
      Target t;
      t.id = "lemma-4.3";
      t.clause = row.clause;
      t.reading = typical ? "typical" : "literal";
      t.text = std::string(row.text) + " over the next (xi, eps), " +
               (typical ? "for a neuron drawn at random" : "for every neuron") +
               ", rho = 2 sqrt(d)/sqrt(pi), for all but O(1/m) of the starts";
      t.constant = row.kind == Clause::bound;
      t.start = Start::likely;
      t.assumes = {"A1", "A2", "A4", "A5", "A6"};
      t.complete = [](Case& c) {
        c.steps = 0;
        return complete_label_noise(c);
      };
      t.hypotheses = [](const Case&) { return std::vector<Hypothesis>(); };
      t.degenerate = [](const Case& c) {
        if (c.sigma == 0) return std::string("sigma = 0");
        const std::string zero = zero_witness(c);
        return zero == "a neuron is zero" && c.box != 0 ? std::string()
                                                        : zero;  // a box around 0 is short neurons
      };
      t.claim_with([kind = row.kind, typical, constants](auto scalar, const Case& c) {
        return sides<decltype(scalar)>(c, kind, typical, constants);
      });
      all.push_back(std::move(t));
    }
  return all;
}

}  // namespace escapement::hunt

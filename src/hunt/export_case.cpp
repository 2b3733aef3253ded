#include "escapement/hunt/export_case.h"

#include <fmt/format.h>

#include "escapement/config/input_error.h"

namespace escapement::hunt {

namespace {

constexpr std::uint64_t kExactSteps = 6;  // exact rationals triple in length at each step

std::string fraction(const Exact& x) {
  const std::string sign = x < 0 ? "-" : "";
  const auto text = [](const BigInt& n) {  // 2**2600 rather than its digits
    const auto twos = n == 0 ? 0u : static_cast<unsigned>(lsb(n));
    if (twos < 64) return n.str();
    const BigInt odd = n >> twos;
    return (odd == 1 ? "" : odd.str() + "*") + fmt::format("2**{}", twos);
  };
  const BigInt top = abs(numerator(x));
  if (denominator(x) == 1) return fmt::format("F({}{})", sign, text(top));
  return fmt::format("F({}{}, {})", sign, text(top), text(denominator(x)));
}

template <class List, class Print>
std::string list(const List& values, Print&& print) {
  std::string text;
  for (const auto& x : values) text += (text.empty() ? "" : ", ") + print(x);
  return "[" + text + "]";
}
std::string fractions(const std::vector<Exact>& v) { return list(v, fraction); }
std::string counts(const std::vector<BigInt>& copies, std::size_t rows) {
  if (copies.empty()) return fmt::format("[F(1)] * {}", rows);
  return list(copies, [](const BigInt& n) { return fraction(Exact(n)); });
}

constexpr const char* kHead = R"(#!/usr/bin/env python3
# {0}
# {1}
# Needs NumPy only; nothing here is taken from the program that found it.
import math
import sys
from fractions import Fraction as F

import numpy as np

)";

constexpr const char* kModel = R"(
def log(x):  # of a rational that may be too small or too large for a float
    x = F(x)
    return math.log(x.numerator) - math.log(x.denominator)

def root(x):
    x = F(x)
    if x == 0:
        return 0.0
    shift = (x.numerator.bit_length() - x.denominator.bit_length()) // 2 * 2
    return math.ldexp(math.sqrt(x / F(2) ** shift), shift // 2) if abs(shift) < 2000 else math.exp(log(x) / 2)

if not exact:
    X, W, a, theta_star = (np.array(v, dtype=float) for v in (X, W, a, theta_star))
    neuron_copies, input_copies = (np.array(v, dtype=float) for v in (neuron_copies, input_copies))
    eta, sigma = float(eta), float(sigma)
else:
    X, W, a, theta_star = (np.array(v, dtype=object) for v in (X, W, a, theta_star))
    neuron_copies, input_copies = (np.array(v, dtype=object) for v in (neuron_copies, input_copies))
n, m, d = sum(input_copies), sum(neuron_copies), len(theta_star)
W0, a0 = W.copy(), a.copy()
deltas, moves = [], []

def theta():
    return (neuron_copies * a) @ W

for t in range(steps):
    if samples:  # label-noise SGD
        x = X[samples[t]]
        g = theta() @ x - theta_star @ x - noise[t] * sigma
        q = g * x
        deltas.append(-g * g * ((W @ x) ** 2 - a * a * (x @ x)))
    else:  # gradient descent on the whole sample
        q = ((input_copies / n) * (X @ (theta() - theta_star))) @ X
    before = a.copy()
    W, a = W - eta * np.outer(a, q), a - eta * (W @ q)
    if samples:
        moves.append((g * g * (((W + eta * np.outer(before, q)) @ x) ** 2), (a - before) ** 2))
)";

const char* claim_code(const Case& c) {
  if (c.claim == "norm-identity")
    return R"(
change = (W * W).sum(axis=1) - (W0 * W0).sum(axis=1) - eta**2 * sum(deltas) + a0 * a0 - a * a
left, right = max(abs(change)), 0
)";
  if (c.claim == "oscillation-identity")
    return c.reading == "literal" ? R"(
left, right = max((abs(l - r).max() for l, r in moves)), 0  # of |left - right| of the identity
)"
                                  : R"(
left, right = max((abs(l - r / eta**2).max() for l, r in moves)), 0  # of |left - right| of the identity
)";
  if (c.claim == "lemma-4.5")
    return R"(
cosines = [abs(float(w @ theta_star)) / (root(w @ w) * root(theta_star @ theta_star)) if not exact
           else root((w @ theta_star) ** 2 / ((w @ w) * (theta_star @ theta_star))) for w in W]
left, right = 1 - min(cosines), K * -log(eta) * root(eta)
)";
  if (c.claim == "lemma-4.6" && c.clause == "1")
    return R"(
off = theta() - theta_star
left, right = root(off @ off), K * -log(eta) * float(eta)
)";
  if (c.claim == "lemma-4.6")
    return R"(
cosines = [root(F((w @ theta_star) ** 2) / F((w @ w) * (theta_star @ theta_star))) for w in W if w @ w >= eta]
left, right = 1 - min(cosines), K * -log(eta) * float(eta)
)";
  return R"(
# The next (xi, eps) is uniform over the samples and the two signs. The start stands in the middle of a box of starts, of
# half-width `box` in every number, on all of which the claim fails.
def next_step(w, a_i):
    positive = sized = F(0)
    largest = 0
    for x, copies in zip(X, input_copies):
        for sign in (-1, 1):
            g = theta() @ x - theta_star @ x - sign * sigma
            delta = -g * g * ((w @ x) ** 2 - a_i * a_i * (x @ x))
            positive += F(copies) / F(2 * n) * (delta > 0)
            sized += F(copies) / F(2 * n) * (delta <= -(sigma / 4) ** 2)
            largest = max(largest, delta)
    return float(positive), float(sized), float(largest)

rows = np.array([next_step(w, a_i) for w, a_i in zip(W, a)])
weights = np.array([float(F(k) / F(m)) for k in neuron_copies])
pick = (lambda column, worst: float(weights @ rows[:, column])) if typical else (lambda column, worst: worst(rows[:, column]))
if clause in ("1a", "2a"):
    left, right = pick(0, max), 2 * math.sqrt(d / math.pi) * math.exp(-log(m) / 8)
elif clause == "1b":
    left, right = 0.25, pick(1, min)
else:
    left, right = pick(2, max), K
)";
}

}  // namespace

std::string catch2_test(const StoredCase& s) {
  return fmt::format(
      "// {}\n// Found by `escapement hunt`; replays the stored case in enclosures.\n#include "
      "<catch2/catch.hpp>\n\n"
      "#include \"escapement/hunt/replay.h\"\n\nTEST_CASE(\"{}: {}\") {{\n  using namespace "
      "escapement::hunt;\n"
      "  const StoredCase stored = parse_case(R\"case({})case\", \"embedded case\");\n"
      "  CHECK(replay(paper_targets(), stored, {{}}).outcome == Replay::reproduced);\n}}\n",
      s.text, s.values.claim, content_hash(s.values), to_json(s));
}

std::string python_snippet(const StoredCase& s) {
  const Case& c = s.values;
  if (c.algorithm == "oscillation")
    throw config::InputError("command line", "--python",
                             "a case with a start: this one is about an expectation");
  std::vector<std::vector<Exact>> first;
  std::vector<Exact> second;
  for (const auto& row : c.rows) {
    first.emplace_back(row.begin(), row.end() - 1);
    second.push_back(row.back());
  }
  const auto integer = [](auto x) { return std::to_string(x); };
  std::string text =
      fmt::format(kHead, c.claim + " " + c.clause + (c.clause.empty() ? "" : " ") + c.reading, s.text);
  text += fmt::format("eta, sigma, K, steps = {}, {}, {}, {}\n", fraction(c.eta), fraction(c.sigma),
                      fraction(c.constant), c.steps);
  text += fmt::format("theta_star = {}\nX = {}\nW = {}\na = {}\n", fractions(c.theta_star),
                      list(c.inputs, fractions), list(first, fractions), fractions(second));
  text += fmt::format("neuron_copies, input_copies = {}, {}\n", counts(c.row_copies, c.rows.size()),
                      counts(c.input_copies, c.inputs.size()));
  text += fmt::format("samples, noise = {}, {}\n", list(c.samples, integer), list(c.noise, integer));
  text += fmt::format("clause, typical, box = '{}', {}, {}\n", c.clause,
                      c.reading == "typical" ? "True" : "False", fraction(c.box));
  text += fmt::format("exact = {}  # rationals, or floats\n", c.steps <= kExactSteps ? "True" : "False");
  text += kModel;
  text += claim_code(c);
  return text + R"(
violated = left > right * (1 + 1e-9)
if clause == "" and right == 0 and not exact:
    violated = left > 1e-6 * float((W * W).sum() + (a * a).sum())
print(f"left {float(left):.12g}, right {float(right):.12g}: the claim is", "violated" if violated else "not violated here")
sys.exit(1 if violated else 0)
)";
}

}  // namespace escapement::hunt

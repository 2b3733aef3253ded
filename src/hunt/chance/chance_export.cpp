#include "escapement/hunt/chance/chance_export.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/input_error.h"

namespace escapement::hunt {

namespace {

constexpr const char* kHead = R"(#!/usr/bin/env python3
# {}
# {}
# Needs NumPy only; nothing here is taken from the program that found it. All runs go side by side: arrays are [run, ...].
import math
import sys

import numpy as np

d, m, n, steps, runs = {}, {}, {}, {}, {}
eta, sigma, rho, theta_norm, K = {}, {}, {}, {}, {}
bound = {}  # of P(fail)
rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)

def directions():
    v = rng.standard_normal((runs, d))
    return theta_norm * v / np.linalg.norm(v, axis=1, keepdims=True)

theta_star = directions()
)";

constexpr const char* kStart = R"(X = rng.standard_normal((runs, n, d))
W = rng.standard_normal((runs, m, d)) / math.sqrt(d)
a = rng.standard_normal((runs, m)) / math.sqrt(m)
)";

constexpr const char* kEscape = R"(W0 = W.copy()
run = np.arange(runs)
with np.errstate(all="ignore"):
    for t in range(steps):  # label-noise SGD, one sample a step
        x = X[run, rng.integers(n, size=runs)]
        noise = sigma * rng.choice([-1.0, 1.0], size=runs)
        g = np.einsum("rm,rmd,rd->r", a, W, x) - np.einsum("rd,rd->r", theta_star, x) - noise
        W, a = (W - eta * g[:, None, None] * a[:, :, None] * x[:, None, :],
                a - eta * g[:, None] * np.einsum("rmd,rd->rm", W, x))
    moved = np.linalg.norm(W - W0, axis=2)
whole = np.isfinite(moved).all(axis=1)  # runs that diverge are no failures
lazy = moved <= 1 / math.sqrt(m)
)";

constexpr const char* kAlignment = R"(
def ball():  # uniform in the ball of radius sqrt(eta), and in an interval
    v = rng.standard_normal((runs, m, d))
    v /= np.linalg.norm(v, axis=2, keepdims=True)
    return math.sqrt(eta) * v * rng.random((runs, m, 1)) ** (1 / d), math.sqrt(eta) * rng.uniform(-1, 1, (runs, m))

W, a = ball()
with np.errstate(all="ignore"):
    for t in range(steps):  # gradient descent on the population: C = I
        q = np.einsum("rm,rmd->rd", a, W) - theta_star
        W, a = W - eta * a[:, :, None] * q[:, None, :], a - eta * np.einsum("rmd,rd->rm", W, q)
    cosine = np.einsum("rd,rd->r", W[:, 0], theta_star) / (np.linalg.norm(W[:, 0], axis=1) * theta_norm)
whole = np.isfinite(cosine)
failed = whole & (1 - abs(cosine) > K * math.log(1 / eta) * math.sqrt(eta))
)";

constexpr const char* kSam = R"(start = np.linalg.norm(W, axis=2).mean(axis=1)
shrunk, aligned = (np.full(runs, steps + 1) for _ in range(2))

def gradient(W, a, noise, x):
    g = np.einsum("rm,rmd,rd->r", a, W, x) - np.einsum("rd,rd->r", theta_star, x) - noise
    q = g[:, None] * x
    return a[:, :, None] * q[:, None, :], np.einsum("rmd,rd->rm", W, q)

with np.errstate(all="ignore"):
    for t in range(steps + 1):
        if t % max(1, steps // 200) == 0:
            norms = np.linalg.norm(W, axis=2)
            cosine = abs(np.einsum("rmd,rd->rm", W, theta_star)) / (norms * theta_norm)
            shrunk = np.where((shrunk > steps) & (norms.mean(axis=1) < start / 2), t, shrunk)
            aligned = np.where((aligned > steps) & (cosine.mean(axis=1) > 1 / 2), t, aligned)
        if t == steps:
            break
        x = X[np.arange(runs), rng.integers(n, size=runs)]  # one sample a step, the same for both gradients
        noise = sigma * rng.choice([-1.0, 1.0], size=runs)
        gw, ga = gradient(W, a, noise, x)
        size = np.sqrt((gw ** 2).sum(axis=(1, 2)) + (ga ** 2).sum(axis=1))
        scale = rho / np.where(size > 0, size, np.inf)
        gw, ga = gradient(W + scale[:, None, None] * gw, a + scale[:, None] * ga, noise, x)
        W, a = W - eta * gw, a - eta * ga
    off = np.linalg.norm(np.einsum("rm,rmd->rd", a, W) - theta_star, axis=1)
whole = np.isfinite(off)
failed = whole & ~((shrunk <= steps) & (aligned <= steps) & (shrunk < aligned) & (off <= theta_norm / 10))
)";

constexpr const char* kTail = R"(
share, spread = failed.mean(), math.sqrt(bound * (1 - bound) / runs)
violated = share > bound + 3 * spread
print(f"{failed.sum()} of {runs} runs fail ({runs - whole.sum()} diverge), the bound is {bound:.6g}:",
      "violated" if violated else "not seen violated")
sys.exit(1 if violated else 0)
)";

}  // namespace

std::string python_snippet(const StoredChance& s, const theory::Chance& chance) {
  const ChanceCase& c = s.values;
  const config::Config& config = chance.config;
  std::string program;
  if (c.claim == "theorem-4.2") {
    program = std::string(kStart) + kEscape + "failed = whole & " +
              (c.reading == "fraction"     ? "lazy[:, 0]"
               : c.reading == "norm-floor" ? "(lazy & (np.linalg.norm(W0, axis=2) >= 1 / 2)).any(axis=1)"
                                           : "lazy.any(axis=1)") +
              "\n";
  } else if (c.claim == "lemma-4.5") {
    program = kAlignment;
  } else if (c.claim == "sam-phases") {
    program = std::string(kStart) + kSam;
  } else {
    throw config::InputError("command line", "--python", "a find about theorem-4.2, lemma-4.5 or sam-phases",
                             c.claim);
  }
  constexpr std::uint64_t kNumbers = 20'000'000;  // of all runs together: 160 MB an array
  const std::uint64_t each = static_cast<std::uint64_t>(config.m + 1) * (config.d + 1) + config.n * config.d;
  const std::uint64_t runs = std::min<std::uint64_t>(std::max<std::uint64_t>(4 * s.test.trials, 100),
                                                     std::max<std::uint64_t>(kNumbers / each, 20));
  const auto number = [](const Exact& x) {
    return denominator(x) == 1 ? numerator(x).str() + ".0"
                               : fmt::format("{} / {}", numerator(x).str(), denominator(x).str());
  };
  return fmt::format(kHead, c.claim + " " + c.reading, s.text, config.d, config.m.str(), config.n,
                     config.steps, runs, number(config.eta), number(config.sigma), number(config.rho),
                     number(config.theta_norm), number(c.constant), s.test.bound) +
         program + kTail;
}

}  // namespace escapement::hunt

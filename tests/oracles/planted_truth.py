#!/usr/bin/env python3
"""True failure probabilities of configurations of Theorem 4.2 and Lemma 4.3, in closed form or by quadrature of the start's
Gaussian law and the input's, the label noise summed over all its paths. Nothing is shared with the library, and no judge
and no statistics occur here: `./dev calibrate` asks the judge about these configurations and compares.

Usage: planted_truth.py           writes recorded/planted-truth.json (about ten minutes)
       planted_truth.py --check   computes everything again and compares with the file there

p      probability that one run fails, as the row counts failures
error  how far p may be off: for quadratures in floating point, the difference between two resolutions
Setting: w_i ~ N(0, I/d), a_i ~ N(0, 1/m), x_k ~ N(0, I), theta* of length theta_norm in a uniform direction, one sample a
step, eps = +-sigma. In one dimension everything is symmetric in the sign of theta*, of x with eps, and of neurons.
"""

import json
import math
import pathlib
import sys

import numpy as np
from mpmath import mp, mpf
import mpmath

FILE = pathlib.Path(__file__).parent / "recorded" / "planted-truth.json"
erf = np.frompyfunc(math.erf, 1, 1)
RATIOS = ("1/2", "10/11", "50/51", "1", "51/50", "11/10", "3/2")  # K/m over p, where p depends on K


def panels(edges, order=8):
    """Composite Gauss-Legendre nodes and weights."""
    x, w = np.polynomial.legendre.leggauss(order)
    pairs = [((a + b) / 2 + (b - a) / 2 * x, (b - a) / 2 * w) for a, b in zip(edges, edges[1:])]
    return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])


def graded(top, count, extra=()):
    """Edges from 0 to top that crowd at 0."""
    return sorted(set(np.linspace(0, math.sqrt(top), count + 1) ** 2) | set(extra))


# --- Theorem 4.2, d = 1, n = 1 --------------------------------------------------------------------------------------
# The dynamics see the neurons through the Gram matrix of the columns w, a of Z(0); given it, the columns are turned by a
# uniform rotation. So |v|, v = w(T) - w(0), is computed for w = (r1, 0), a = r2 (cos psi, sin psi), and the share of
# rotations at which the reading fails is elementary.

def failing_share(reading, m, r1, turned, k):
    """k = 1/(sqrt(m) |v|); `turned`: the angle from w(0) to v."""
    k = np.minimum(k, 1)
    if reading == "fraction":  # |v_1| / |v| <= k, one coordinate of a uniform direction
        return {2: lambda: 2 / np.pi * np.arcsin(k), 3: lambda: k,
                4: lambda: 2 / np.pi * (np.arcsin(k) + k * np.sqrt(1 - k * k))}[m]()
    assert m == 2
    if reading == "literal":  # min(|cos|, |sin|) <= k
        return np.minimum(1, 4 / np.pi * np.arcsin(k))
    # norm-floor: the set of angles is a union of arcs; its ends, and a look between each two of them.
    h = np.minimum(1, 0.5 / r1)
    ends = [np.broadcast_to(e, k.shape) for e in (np.arccos(h), -np.arccos(h), np.arcsin(h), -np.arcsin(h))]
    ends += [e - turned for e in (np.arccos(k), -np.arccos(k), np.arcsin(k), -np.arcsin(k))]
    ends = np.sort(np.stack([np.mod(e, np.pi) for e in ends] + [np.zeros_like(k), np.full_like(k, np.pi)]), axis=0)
    total = np.zeros_like(k)
    for low, high in zip(ends, ends[1:]):
        angle = (low + high) / 2
        one = (np.abs(np.cos(angle)) >= h) & (np.abs(np.cos(angle + turned)) <= k)
        two = (np.abs(np.sin(angle)) >= h) & (np.abs(np.sin(angle + turned)) <= k)
        total += np.where(one | two, high - low, 0)
    return total / np.pi


def escape_once(reading, m, steps, sigma, eta, theta, count):
    def chi(r):  # density of a chi law with m degrees of freedom
        return r ** (m - 1) * np.exp(-r * r / 2) * 2 ** (1 - m / 2) / math.gamma(m / 2)

    r1s, w1 = panels(graded(9, count, (0.5, math.sqrt(0.5))))
    w1 = w1 * chi(r1s)
    r2s, w2 = panels(graded(9, count))
    w2, r2s = w2 * chi(r2s), r2s / math.sqrt(m)
    psis, wp = panels(np.linspace(0, math.pi, count + 1))
    wp = wp * np.sin(psis) ** (m - 2) * math.gamma(m / 2) / math.sqrt(math.pi) / math.gamma((m - 1) / 2)
    xs, wx = panels(graded(9, count))
    wx = wx * 2 * np.exp(-xs * xs / 2) / math.sqrt(2 * math.pi)
    r2, psi, x = np.meshgrid(r2s, psis, xs, indexing="ij")
    weight = w2[:, None, None] * wp[None, :, None] * wx[None, None, :]
    total = 0.0
    for r1, w in zip(r1s, w1):
        for path in range(2**steps):
            wv, av = (np.full_like(x, r1), np.zeros_like(x)), (r2 * np.cos(psi), r2 * np.sin(psi))
            for t in range(steps):
                eps = sigma if path >> t & 1 else -sigma
                c = eta * ((wv[0] * av[0] + wv[1] * av[1] - theta) * x - eps) * x
                wv, av = (wv[0] - c * av[0], wv[1] - c * av[1]), (av[0] - c * wv[0], av[1] - c * wv[1])
            vx, vy = wv[0] - r1, wv[1]
            k = 1 / math.sqrt(m) / np.maximum(np.hypot(vx, vy), 1e-300)
            total += w * np.sum(failing_share(reading, m, r1, np.arctan2(vy, vx), k) * weight) / 2**steps
    return total


def escape(name, reading, m, steps, sigma, eta):
    time = 384 * math.sqrt(math.log(m)) / (eval_fraction(sigma) * eval_fraction(eta)) ** 2 / math.sqrt(m)
    assert math.ceil(time) == steps
    fine, coarse = (escape_once(reading, m, steps, eval_fraction(sigma), eval_fraction(eta), 1.0, c) for c in (9, 7))
    return truth(name, "theorem-4.2", "", reading, m, {"d": 1, "n": 1, "sigma": sigma, "eta": eta}, fine, abs(fine - coarse))


def wide_escape(name, reading, d, m, steps_of_noise):
    """One step with sigma = 10^12 and eta = steps_of_noise/sigma: |w_i(1) - w_i(0)| = steps_of_noise |a_i| |x| up to a part
    in 10^11, so that neurons are independent given |x|."""
    tall = mpmath.gammainc(mpf(d) / 2, mpf(d) / 8, mp.inf, regularized=True)  # |w_i|^2 = chi^2_d / d >= 1/4

    def one(r):
        inside = mpmath.erf(1 / (steps_of_noise * r * mpmath.sqrt(2)))
        return inside * (tall if reading == "norm-floor" else 1)

    def density(r):
        return r ** (d - 1) * mpmath.exp(-r * r / 2) * mpf(2) ** (1 - mpf(d) / 2) / mpmath.gamma(mpf(d) / 2)

    cuts = [0] + [mpf(10) ** i for i in (-6, -5, -4, -3, -2, -1)] + [1, 2, 4, 8, 16]
    p = mpmath.quad(lambda r: density(r) * (1 - (1 - one(r)) ** m), cuts)
    return truth(name, "theorem-4.2", "", reading, m,
                 {"d": d, "n": 3, "sigma": "1e12", "eta": f"{steps_of_noise}e-12"}, p, 1e-9)


# --- Lemma 4.3 at the start (T1 < 1) -----------------------------------------------------------------------------------

LARGE = {"sigma": "1e9", "eta": "1e-6"}  # residuals are +-sigma up to a part in 10^8, and T1 < 1


def sign_one_input(m, d):
    """P(|a| > |<x, w>| / |x|) of a neuron: both Gaussian, of deviations 1/sqrt(m) and 1/sqrt(d)."""
    return 2 / mp.pi * mpmath.atan(mpmath.sqrt(mpf(d) / m))


def at_least(m, k, p):
    return mpmath.fsum(mpmath.binomial(m, i) * p**i * (1 - p) ** (m - i) for i in range(k, m + 1))


def sign_two_inputs(count):
    """d = 2, n = 2, m = 2: P(at least two of the four pairs of a neuron and an input have |a| |x| > |<x, w>|)."""
    phi, delta = np.meshgrid(np.arange(count) * np.pi / count, (np.arange(count) + 0.5) * np.pi / count, indexing="ij")
    first, second = np.abs(np.cos(phi)), np.abs(np.cos(phi - delta))

    def exceeds(s):  # P(|a|/|w| > s), |w|^2 exponential with mean 1
        with np.errstate(divide="ignore"):
            return 1 - 1 / np.sqrt(1 + 1 / (s * s))  # 2/(m s^2), m = 2

    both, some = exceeds(np.maximum(first, second)).mean(axis=0), exceeds(np.minimum(first, second)).mean(axis=0)
    none, exactly_one = 1 - some, some - both
    return float(np.mean(1 - none**2 - 2 * none * exactly_one))


def two_neurons(count, theta):
    """Nodes over two neurons at d = 1, m = 2: w_i^2 and a_i^2 (m a_i^2 is chi^2_1), B = |theta(0) - theta*|, weights."""
    r, wr = panels(graded(9, count))
    wr = wr * r * np.exp(-r * r / 2)
    # Angles of (w_i, a_i sqrt(2)) up to a common sign of the neuron; w^2 = a^2 at tan = +-sqrt(2).
    knee = math.atan(math.sqrt(2))
    f, wf = panels(sorted(set(np.linspace(0, knee, count // 2 + 1)) | set(np.linspace(knee, math.pi - knee, count // 2 + 1))
                          | set(np.linspace(math.pi - knee, math.pi, count // 2 + 1))))
    wf = wf / math.pi
    w, a = np.outer(r, np.cos(f)).ravel(), np.outer(r, np.sin(f)).ravel() / math.sqrt(2)
    weight = np.outer(wr, wf).ravel()
    for i in range(len(w)):
        yield w[i], a[i], w, a, np.abs(w[i] * a[i] + w * a - theta), weight[i] * weight


def threshold(b, sigma, level):
    """The |x| at which |x| (b |x| + sigma) = level, without cancellation."""
    return 2 * level / (sigma + np.sqrt(sigma * sigma + 4 * b * level))


def below(x0):
    return erf(x0 / math.sqrt(2)).astype(float)


def size_literal(count, sigma, theta, n):
    """m = 2: some neuron has DeltaW > -(sigma/4)^2 in all 2 n cases; n <= 2, where fewer than a quarter of them is none."""
    total = 0.0
    for w1, a1, w2, a2, b, weight in two_neurons(count, theta):
        gap = np.minimum(w1 * w1 - a1 * a1, w2 * w2 - a2 * a2)
        with np.errstate(divide="ignore", invalid="ignore"):
            x0 = np.where(gap > 0, threshold(b, sigma, sigma / 4 / np.sqrt(np.maximum(gap, 1e-30))), 40.0)
        total += np.sum(weight * below(np.minimum(x0, 40)) ** n)
    return total


def bound_typical(count, sigma, theta, constant):
    """m = 2, n = 1: the mean of the neurons' largest DeltaW is above the constant."""
    total = 0.0
    for w1, a1, w2, a2, b, weight in two_neurons(count, theta):
        gain = np.maximum(a1 * a1 - w1 * w1, 0) + np.maximum(a2 * a2 - w2 * w2, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            x0 = np.where(gain > 0, threshold(b, sigma, np.sqrt(2 * constant / np.maximum(gain, 1e-30))), 40.0)
        total += np.sum(weight * (1 - below(np.minimum(x0, 40))))
    return total


def bound_literal(count, sigma, theta, constant):
    """m = 1, d = 1, n = 1: DeltaW is above the constant in one of two cases."""
    r, wr = panels(graded(9, count))
    f, wf = panels(np.linspace(math.pi / 4, 3 * math.pi / 4, 2 * count + 1))  # |w| < |a| of (w, a) = r (cos f, sin f)
    radius, angle = np.meshgrid(r, f, indexing="ij")
    gain, b = -radius * radius * np.cos(2 * angle), np.abs(radius * radius * np.sin(2 * angle) / 2 - theta)
    x0 = np.minimum(40, threshold(b, sigma, np.sqrt(constant / gain)))
    return float(np.sum(np.outer(wr * r * np.exp(-r * r / 2), wf) * (1 - below(x0))) / math.pi)


def solve(probability, m, ratio):
    """K with K/m = ratio P(K), by bisection; P falls."""
    low, high = 0.0, float(m)
    for _ in range(30):
        middle = (low + high) / 2
        if middle / m < ratio * probability(middle):
            low = middle
        else:
            high = middle
    return round(low, 6)


def size_typical():
    """m = 2, d = 1, n = 1, sigma large: neither neuron has DeltaW <= -(sigma/4)^2; they are independent given x."""
    def short(x):  # P(w^2 - a^2 < 1/(16 x^2)): over a
        c = 1 / (16 * x * x)
        cut = 4 / mpmath.sqrt(2)
        return 2 * mpmath.quad(lambda a: mpmath.exp(-a * a) / mpmath.sqrt(mp.pi) * mpmath.erf(mpmath.sqrt((a * a + c) / 2)),
                               [0, cut / 4, cut / 2, cut, 8])

    return 2 * mpmath.quad(lambda x: mpmath.npdf(x) * short(x) ** 2, [mpf(10) ** -6, mpf(1) / 8, mpf(1) / 2, 1, 2, 4, 8]) + \
        mpf(10) ** -6 * mpmath.sqrt(2 / mp.pi)


# --- the list ----------------------------------------------------------------------------------------------------------

def eval_fraction(text):
    numerator, _, denominator = str(text).partition("/")
    return float(numerator) / float(denominator or 1)


def truth(name, statement, clause, reading, m, keys, p, error, constants=None, constant=None):
    entry = {"name": name, "statement": statement, "clause": clause, "reading": reading, "m": m,
             "sets": [f"{k}={v}" for k, v in keys.items()], "p": mpmath.nstr(mpf(p), 10), "error": f"{float(error):.1e}"}
    return entry | ({"planted": constants} if constants else {}) | ({"constant": constant} if constant else {})


def diminishing_truths():
    def at_start(name, clause, reading, m, keys, p, error=1e-9, **more):
        return truth(name, "lemma-4.3", clause, reading, m, {"d": 1, "n": 1, **LARGE, **keys}, p, error, **more)

    yield at_start("1a, one dimension", "1a", "literal", 3, {"n": 2}, 1 - (1 - sign_one_input(3, 1)) ** 3, 0)
    yield at_start("2a, one input", "2a", "literal", 2, {"d": 2}, 1 - (1 - sign_one_input(2, 2)) ** 2, 0,
                   constants={"sign_factor": "1"})
    yield at_start("1a, three of eight", "1a", "typical", 8, {"n": 3}, at_least(8, 3, sign_one_input(8, 1)), 0,
                   constants={"sign_factor": "4/5"})
    p = sign_two_inputs(4000)
    yield at_start("2a, two inputs", "2a", "typical", 2, {"d": 2, "n": 2}, p, abs(p - sign_two_inputs(3000)),
                   constants={"sign_factor": "1/2"})
    p = size_literal(8, 3.0, 1.0, 2)
    yield at_start("1b, two inputs", "1b", "literal", 2, {"n": 2, "sigma": 3, "eta": 6}, p,
                   abs(p - size_literal(6, 3.0, 1.0, 2)))
    yield at_start("1b, large noise", "1b", "typical", 2, {}, size_typical(), 1e-8)
    for ratio in RATIOS:
        constant = solve(lambda k: bound_typical(3, 2.0, 1.0, k), 2, eval_fraction(ratio))
        p, q = bound_typical(8, 2.0, 1.0, constant), bound_typical(6, 2.0, 1.0, constant)
        yield at_start(f"2b, mean, {ratio}", "2b", "typical", 2, {"sigma": 2, "eta": 8}, p, abs(p - q), constant=f"{constant}")
    for ratio in RATIOS:
        constant = solve(lambda k: bound_literal(10, 1.0, 1.0, k), 1, eval_fraction(ratio))
        p, q = bound_literal(40, 1.0, 1.0, constant), bound_literal(30, 1.0, 1.0, constant)
        yield at_start(f"2b, one neuron, {ratio}", "2b", "literal", 1, {"sigma": 1, "eta": 1}, p, abs(p - q),
                       constant=f"{constant}")


def escape_truths():
    yield escape("one step", "literal", 2, 1, "4", "4")
    yield escape("two steps", "literal", 2, 2, "11/4", "4")
    yield escape("long neurons, one step", "norm-floor", 2, 1, "4", "4")
    yield escape("long neurons, two steps", "norm-floor", 2, 2, "11/4", "4")
    yield escape("one of three, one step", "fraction", 3, 1, "4", "4")
    yield escape("one of four, two steps", "fraction", 4, 2, "11/4", "4")
    yield wide_escape("64 neurons", "literal", 3, 64, 200)
    yield wide_escape("64 long neurons", "norm-floor", 3, 64, 100)


def main(arguments):
    mp.dps = 20
    result = list(escape_truths()) + list(diminishing_truths())
    if arguments == ["--check"]:
        recorded = json.loads(FILE.read_text())
        assert [e["name"] for e in recorded] == [e["name"] for e in result]
        for old, new in zip(recorded, result):
            if abs(float(old["p"]) - float(new["p"])) > 1e-9 or {**old, "p": 0, "error": 0} != {**new, "p": 0, "error": 0}:
                sys.exit(f"{old['name']}: not what {FILE.name} holds")
        print(f"{FILE.name}: {len(result)} truths hold")
    else:
        FILE.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

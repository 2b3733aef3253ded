#!/usr/bin/env python3
"""Values of statistics from definitions, in mpmath at 60 digits: integrals, sums and inversions that share no formula
with src/stats where another one exists.

Usage: stats_mpmath.py           writes recorded/stats-mpmath.json
       stats_mpmath.py --check   computes everything again and compares with the file there

e_values      log E of the truncated beta mixture, by mpmath's incomplete beta function (hypergeometric, not a
              continued fraction), for k of n and q = exp(log_q)
intervals     Clopper-Pearson limits, by bisecting the binomial sum itself
sequences     ends of the confidence sequence, by root finding on the two-sided mixture
chi_square    both tails, by quadrature of the density
forms         P( sum lambda_k u_k^2 <= t ): for eigenvalues in pairs from the law of a sum of exponentials (partial
              fractions); else by quadrature of a convolution of densities, or of Imhof's oscillating integral
among_many    1 - (1-p)^m
slopes        least squares with a Student t interval, the quantile by bisecting the integral of the density
"""

import json
import pathlib
import sys

import mpmath
from mpmath import mp, mpf

FILE = pathlib.Path(__file__).parent / "recorded" / "stats-mpmath.json"
DIGITS = 60


def text(x):
    return mpmath.nstr(x, 30, min_fixed=0, max_fixed=0)


def upper_beta(a, b, q):
    """Integral of x^(a-1) (1-x)^(b-1) from q to 1; near q = 1 from the other end, without cancellation."""
    return mpmath.betainc(a, b, q, 1) if q < 0.5 else mpmath.betainc(b, a, 0, 1 - q)


def lower_beta(a, b, q):
    return mpmath.betainc(a, b, 0, q)


def log_e(n, k, log_q, a=mpf(1) / 2, b=mpf(1) / 2):
    """log E of the mixtures over p > q and over p < q."""
    log_q = mpf(log_q)
    # Enough digits for 1 - q and for the smaller integral, whatever q is.
    with mp.workdps(DIGITS + int(abs(log_q) * (k + 2) / 2) + n // 2 if abs(log_q) > 50 else DIGITS + 2 * n):
        q = mpmath.exp(log_q)
        likelihood = k * log_q + (n - k) * mpmath.log1p(-q)
        above = mpmath.log(upper_beta(a + k, b + n - k, q) / upper_beta(a, b, q)) - likelihood
        below = mpmath.log(lower_beta(a + k, b + n - k, q) / lower_beta(a, b, q)) - likelihood
        return +above, +below


def e_values():
    cases = []
    for q in ("0.001", "0.1", "0.5", "0.9", "0.999"):
        for n in (1, 2, 10, 100, 400):
            for k in sorted({0, 1, n // 10, n // 2, n - 1, n}):
                cases.append((n, k, float(mpmath.log(mpf(q)))))
    for n, k in ((1, 0), (1, 1), (50, 0), (50, 1), (50, 2), (50, 25), (50, 50), (1000, 0), (1000, 1)):
        for log_q in (float(mpmath.log(mpf("1e-12"))), -200.5, -590.0, float(mpmath.log(mpf("1e-320"))), -3000.0):
            if abs(log_q) * (k + 2) < 40000:
                cases.append((n, k, log_q))
    for n, k, q in ((10000, 20, 0.001), (10000, 1100, 0.1), (10000, 900, 0.1), (10000, 1000, 0.1)):
        cases.append((n, k, float(mpmath.log(mpf(q)))))
    rows = []
    for n, k, log_q in cases:
        if n == 10000:
            above, below = large_log_e(n, k, log_q)
        else:
            above, below = log_e(n, k, log_q)
        rows.append({"n": n, "k": k, "log_q": log_q.hex(), "above": text(above), "below": text(below)})
    return rows


def large_log_e(n, k, log_q):
    """By quadrature about the peak: the hypergeometric series is slow here."""
    q = mpmath.exp(mpf(log_q))
    peak = mpf(k) / n
    width = mpmath.sqrt(peak * (1 - peak) / n)
    scale = k * mpmath.log(peak) + (n - k) * mpmath.log1p(-peak)
    density = lambda p: mpmath.exp((k - mpf(1) / 2) * mpmath.log(p) + (n - k - mpf(1) / 2) * mpmath.log1p(-p) - scale)

    def integral(low, high):
        cuts = [peak + width * i for i in (-40, -20, -10, -5, -2, 0, 2, 5, 10, 20, 40)]
        return mpmath.quad(density, [low] + [c for c in cuts if low < c < high] + [high])

    likelihood = k * mpf(log_q) + (n - k) * mpmath.log1p(-q)
    arcsine = 2 * mpmath.asin(mpmath.sqrt(q))
    return (mpmath.log(integral(q, 1) / (mp.pi - arcsine)) + scale - likelihood,
            mpmath.log(integral(0, q) / arcsine) + scale - likelihood)


def bisect(increasing, low, high):
    for _ in range(220):
        middle = (low + high) / 2
        if increasing(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def at_least(n, k, p):
    return sum(mpmath.binomial(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def intervals():
    rows = []
    for n, k, alpha in ((1, 0, "0.05"), (1, 1, "0.05"), (10, 0, "0.05"), (10, 3, "0.05"), (10, 10, "0.01"),
                        (100, 1, "0.1"), (100, 50, "0.05"), (250, 240, "0.001"), (50, 7, "0.5")):
        half = mpf(alpha) / 2
        low = mpf(0) if k == 0 else bisect(lambda p: at_least(n, k, p) - half, mpf(0), mpf(1))
        high = mpf(1) if k == n else bisect(lambda p: half - (1 - at_least(n, k + 1, p)), mpf(0), mpf(1))
        rows.append({"n": n, "k": k, "alpha": alpha, "low": text(low), "high": text(high)})
    return rows


def sequences():
    rows = []
    for n, k, alpha in ((1, 0, "0.05"), (1, 1, "0.05"), (10, 3, "0.05"), (100, 0, "0.05"), (100, 7, "0.01"),
                        (1000, 500, "0.05"), (5000, 4999, "0.001")):
        goal = -mpmath.log(mpf(alpha))

        def excess(p):
            likelihood = (k * mpmath.log(p) if k else 0) + ((n - k) * mpmath.log1p(-p) if k < n else 0)
            log_beta = mpmath.loggamma(k + mpf(1) / 2) + mpmath.loggamma(n - k + mpf(1) / 2) - mpmath.loggamma(n + 1)
            return log_beta - mpmath.log(mp.pi) - likelihood - goal

        share = mpf(k) / n
        low = mpf(0) if k == 0 else bisect(lambda p: -excess(p), mpf(10) ** -50, share)
        high = mpf(1) if k == n else bisect(excess, share, 1 - mpf(10) ** -50)
        rows.append({"n": n, "k": k, "alpha": alpha, "low": text(low), "high": text(high)})
    return rows


def chi_square():
    rows = []
    for d, x in ((1, "1e-30"), (1, "0.5"), (2, "3"), (5, "5"), (20, "1e-20"), (20, "1e-400"), (20, "200"), (3, "18420"),
                 (100, "90"), (1000, "1100")):
        s, z = mpf(d) / 2, mpf(x) / 2
        # Substituting y = z v (lower) and y = z + w (upper) takes the scale out of the quadrature, whose tolerance is
        # absolute.
        shift = min(z, s)
        lower = z**s * mpmath.exp(-shift) / mpmath.gamma(s) * mpmath.quad(
            lambda v: v ** (s - 1) * mpmath.exp(shift - z * v), mpmath.linspace(0, 1, 9))
        scale = max(mpf(1), mpmath.sqrt(s))
        upper = mpmath.exp(-z) / mpmath.gamma(s) * mpmath.quad(
            lambda w: (z + w) ** (s - 1) * mpmath.exp(-w), [0] + [scale * i for i in (1, 2, 4, 8, 16, 32, 64)] + [mp.inf])
        rows.append({"d": d, "x": x, "cdf": text(lower), "survival": text(upper)})
    return rows


def paired(rates, t):
    """P( sum_i E_i / rate_i > t ), E_i standard exponential, distinct rates: partial fractions."""
    total = mpf(0)
    for i, r in enumerate(rates):
        weight = mpf(1)
        for j, s in enumerate(rates):
            if i != j:
                weight *= s / (s - r)
        total += weight * mpmath.exp(-r * t)
    return total


def forms():
    rows = []
    # lambda, lambda: lambda (u^2 + v^2) is exponential with rate 1 / (2 lambda).
    for values, t in ((("1", "3"), "2"), (("1", "3"), "1e-1000"), (("1", "3"), "9000"), (("1/20", "1/7", "2", "5"), "4"),
                      (("1/20", "1/7", "2", "5"), "1e-300"), (("1/20", "1/7", "2", "5"), "5000"),
                      (("1e-700", "3e-700"), "2e-700"), (("1/1000", "1"), "1/100"), (("1e-60", "1"), "1/2")):
        lambdas = [ratio(v) for v in values]
        with mp.workdps(2500 if "e-" in t else 400):
            time = ratio(t)
            lambdas = [ratio(v) for v in values]
            survival = paired([1 / (2 * v) for v in lambdas], time)
            cdf = 1 - survival
            if "e-" in t and "e-" not in values[0]:  # cancels to the leading order t^d: enough digits or a series
                with mp.workdps(5200):
                    cdf = 1 - paired([1 / (2 * ratio(v)) for v in values], ratio(t))
        rows.append({"lambda": [v for v in values for _ in (0, 1)], "t": t, "cdf": text(cdf), "survival": text(survival)})
    # Two different eigenvalues: a sum over the angle; u = r cos, v = r sin, r^2 / 2 exponential.
    for values, t in ((("1", "2"), "1"), (("1/100", "1"), "1/2"), (("1", "1.001"), "30")):
        a, b, time = ratio(values[0]), ratio(values[1]), ratio(t)
        survival = 2 / mp.pi * mpmath.quad(
            lambda f: mpmath.exp(-time / 2 / (a * mpmath.cos(f) ** 2 + b * mpmath.sin(f) ** 2)),
            mpmath.linspace(0, mp.pi / 2, 17))
        rows.append({"lambda": list(values), "t": t, "cdf": text(1 - survival), "survival": text(survival)})
    # A pair and a single one: conditional on the single one the rest is exponential.
    for pair, single, t in (("1", "1/3", "2"), ("1/5", "2", "1"), ("1", "1e-3", "0.01")):
        a, b, time = ratio(pair), ratio(single), ratio(t)
        edge = mpmath.sqrt(time / b)
        cdf = 2 * mpmath.quad(lambda u: mpmath.npdf(u) * (-mpmath.expm1(-(time - b * u * u) / (2 * a))),
                              mpmath.linspace(0, edge, 33))
        rows.append({"lambda": [pair, pair, single], "t": t, "cdf": text(cdf), "survival": text(1 - cdf)})
    return rows


def ratio(t):
    if "/" in t:
        p, q = t.split("/")
        return mpf(p) / mpf(q)
    return mpf(t)


def among_many():
    rows = []
    for p, m in (("1e-540", "10^548"), ("1e-560", "10^548"), ("1e-548", "10^548"), ("1/3", "7"), ("1e-20", "10^20")):
        with mp.workdps(1300):
            number = mpf(10) ** int(m[3:]) if m.startswith("10^") else mpf(m)
            log_none = number * mpmath.log1p(-ratio(p))
            none, some = mpmath.exp(log_none), -mpmath.expm1(log_none)
        rows.append({"p": p, "m": m, "log10_none": text(log_none / mpmath.log(10)), "at_least_one": text(some)})
    return rows


def slopes():
    rows = []
    for x, y, confidence in (([0, 1, 2], [0, 1, 4], "0.95"), ([1, 2, 4, 7], [3, 5, 8, 16], "0.9"),
                             ([-700, -710, -730, -765, -800], [-350, -354, -366, -381, -401], "0.99")):
        n = len(x)
        mx, my = mpf(sum(x)) / n, mpf(sum(y)) / n
        sxx = sum((v - mx) ** 2 for v in x)
        slope = sum((v - mx) * (w - my) for v, w in zip(x, y)) / sxx
        error = mpmath.sqrt(sum((w - my - slope * (v - mx)) ** 2 for v, w in zip(x, y)) / (n - 2) / sxx)
        f = n - 2
        constant = mpmath.gamma(mpf(f + 1) / 2) / mpmath.sqrt(f * mp.pi) / mpmath.gamma(mpf(f) / 2)
        mass = lambda q: constant * mpmath.quad(lambda s: (1 + s * s / f) ** (-mpf(f + 1) / 2), mpmath.linspace(0, q, 5))
        with mp.workdps(25):
            t = mpmath.findroot(lambda q: 2 * mass(q) - mpf(confidence), mpf(12 if f == 1 else 4))
        rows.append({"x": x, "y": y, "confidence": confidence, "slope": text(slope), "low": text(slope - t * error),
                     "high": text(slope + t * error)})
    return rows


def main(arguments):
    mp.dps = DIGITS
    result = {f.__name__: f() for f in (e_values, intervals, sequences, chi_square, forms, among_many, slopes)}
    if arguments == ["--check"]:
        recorded = json.loads(FILE.read_text())
        for name, rows in result.items():
            if rows != recorded.get(name):
                sys.exit(f"{name}: not what {FILE.name} holds")
        print(f"{FILE.name}: {sum(map(len, result.values()))} rows hold")
    else:
        FILE.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

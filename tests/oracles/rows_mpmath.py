#!/usr/bin/env python3
"""Rows of `escapement check` a second way: what they measure, and whether the claim is true, by formulas of another origin.

  rows_mpmath.py            writes recorded/rows.json (about 40 s)
  rows_mpmath.py --tool ESCAPEMENT    runs each recorded question through the tool and compares (about 30 s)

Each record holds the arguments of one row, the number that `measured` has to show with its relative tolerance, and the
truth of the claim where it is derived here (true, false, or null). `holds` against false and `violated` against true are
failures whatever the numbers are.
  lemma-4.6   the step-by-step recursion of the two sums of squares; far out, the time of the flow as an integral over theta
  lemma-4.5   the same integral for drawn neurons, the quantile by Gauss and Legendre; the pair that never turns step by step
  lemma-4.4   the moments of every number of neurons active first, step by step
  lemma-4.3   the start's laws inside Condition 1 by incomplete beta functions
  theorem-4.2 the short neuron's chi-square probability as m grows
Points of the two maps that docs/ shows are drawn with a fixed seed.
"""
import json
import pathlib
import random
import subprocess
import sys
from fractions import Fraction

from mpmath import mp, mpf

mp.dps = 60
RECORD = pathlib.Path(__file__).parent / "recorded" / "rows.json"


def width(eta):
    m = mp.ceil(1 / mp.sqrt(eta))
    return int(m)



# --- Lemma 4.6, clause 1, on the population ---------------------------------------------------------------------

def converge(eta, theta, grown, decaying):
    """|theta(t3) - theta*| by the recursion; grown, decaying: sums of (a + u)^2 and (a - u)^2 over neurons."""
    with mp.workdps(30):
        steps = int(mp.ceil(mp.log(1 / eta) / (eta * theta**2)))
        p, q = mpf(grown), mpf(decaying)
        for _ in range(steps):
            r = theta - (p - q) / 4
            p, q = p * (1 + eta * r) ** 2, q * (1 - eta * r) ** 2
        return abs(theta - (p - q) / 4)


def flow_distance(theta, grown, decaying, time):
    """r = theta - S after `time` of S' = 2 r sqrt(S^2 + k^2), k^2 = grown decaying / 4, from the integral of dS/(r sqrt)."""
    k2, start = grown * decaying / 4, (grown - decaying) / 4
    root = mp.sqrt(theta**2 + k2)

    def clock(log_r):  # time from the start to the distance exp(log_r), without differences
        r = mp.exp(log_r)
        s = theta - r
        return mp.log((theta * s + k2 + root * mp.sqrt(s**2 + k2)) / r) / root

    r0 = theta - start
    began = mp.log((theta * start + k2 + root * mp.sqrt(start**2 + k2)) / r0) / root
    low, high = -2 * theta * 10 * time - 100, mp.log(r0)
    for _ in range(mp.prec + 60):
        middle = (low + high) / 2
        if clock(middle) - began > 2 * time:
            low = middle
        else:
            high = middle
    return mp.exp(high)


def lemma_46():
    rows = []
    for eta in ("1/64", "1/500"):
        for theta in ("1/2", "49/50", "1", "51/50", "17/16", "11/10", "2"):
            e, t = mpf(Fraction(eta).numerator) / Fraction(eta).denominator, mpf(Fraction(theta).numerator) / Fraction(theta).denominator
            m = width(e)
            rows.append({"arguments": ["lemma-4.6", "--clause", "1", "--reading", "non-degenerate+population", "--set", f"eta={eta}",
                                       "--set", f"theta_norm={theta}", "--budget", "5s"],
                         "measured": converge(e, t, e, 4 * e * (m - 1)), "tolerance": 1e-5, "floor": 1e-9,
                         "true": Fraction(theta) <= 1})
    for theta in ("1", "51/50", "3/2"):
        f = Fraction(theta)
        with mp.workdps(1500):
            e, t = mpf(10) ** -640, mpf(f.numerator) / f.denominator
            time = mp.log(1 / e) / t**2
            value = flow_distance(t, e, 4 * e * (width(e) - 1), time)
        rows.append({"arguments": ["lemma-4.6", "--clause", "1", "--reading", "non-degenerate+population", "--set", "eta=1e-640",
                                   "--set", f"theta_norm={theta}", "--budget", "0.01s"],
                     "measured": value, "tolerance": 1e-3, "floor": 0, "true": f <= 1})
    for eta in ("1/64", "1/300"):  # small starts
        f = Fraction(eta)
        e = mpf(f.numerator) / f.denominator
        u = mp.sqrt(e) * e ** (2 + 2)
        rows.append({"arguments": ["lemma-4.6", "--clause", "1", "--reading", "population", "--set", f"eta={eta}", "--budget", "5s"],
                     "measured": converge(e, mpf(1), 4 * u**2 * width(e), mpf(0)), "tolerance": 1e-5, "floor": 0, "true": False})
    return rows


# --- Lemma 4.5 ----------------------------------------------------------------------------------------------------

def growing_quantile(d, share):
    """x with P(|w_perp|^2/(a + <w, e>)^2 > x) = 1 - share, by Gauss and Legendre over z = <w, e> = sin and |w_perp|."""
    import numpy
    nodes, weights = numpy.polynomial.legendre.leggauss(400)
    angle, rho = numpy.pi / 2 * nodes, (nodes + 1) / 2
    z, c = numpy.sin(angle), numpy.cos(angle)
    w = numpy.outer(weights * c**d, weights * rho ** (d - 2))  # (1 - z^2)^((d-1)/2) dz and rho^(d-2) drho
    perp = numpy.outer(c, rho)

    def above(x):
        reach = perp / numpy.sqrt(x)
        length = numpy.minimum(1, reach - z[:, None]) - numpy.maximum(-1, -reach - z[:, None])
        return (w * numpy.maximum(0, length)).sum() / (2 * w.sum())

    low, high = -60.0, 60.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if above(numpy.exp(middle)) > 1 - share else (low, middle)
    return mpf(float(numpy.exp((low + high) / 2)))


def lemma_45():
    rows = []
    for d, theta, eta in ((3, "1/4", "1e-5"), (3, "1/4", "1e-150"), (20, "1", "1e-6"), (7, "3/2", "1e-40")):
        with mp.workdps(400):
            e, f = mpf(eta), Fraction(theta)
            t = mpf(f.numerator) / f.denominator
            m = width(e)
            each = e * (mpf(1) / 3 + mpf(1) / (d + 2))
            P = Q = m * each
            r = flow_distance(t, P, Q, mp.log(1 / e) / t)
            s = t - r
            y = (2 * s + mp.sqrt(4 * s**2 + P * Q)) / P  # P y - Q/y = 4 s
            x = 4 * growing_quantile(d, 0.9) / y  # |w_perp|^2 over <w, e>^2, <w, e> = p sqrt(y)/2
            deficit = x / (mp.sqrt(1 + x) * (1 + mp.sqrt(1 + x)))
        rows.append({"arguments": ["lemma-4.5", "--reading", "flow-time+generic", "--set", f"d={d}", "--set", f"theta_norm={theta}",
                                   "--set", f"eta={eta}", "--budget", "0.0001s"],
                     "measured": deficit, "tolerance": 1e-3, "floor": 0, "true": None})
    for reading in ("literal", "flow-time", "generic"):
        rows.append({"arguments": ["lemma-4.5", "--reading", reading, "--set", "d=3", "--set", "eta=1/200", "--budget", "2s"],
                     "measured": None, "tolerance": 0, "floor": 0, "true": False})
    return rows


# --- Lemma 4.4 on the population ------------------------------------------------------------------------------------

def first_time_below(eta, theta):
    """The first t0 <= 1/eta^2 with E <= sqrt(eta), d = 3, or None: one step of the moments at a time for every k."""
    with mp.workdps(25):
        e = mpf(eta.numerator) / eta.denominator
        m, root = width(e), mp.sqrt(e)
        limit = int(1 / (eta * eta))
        share = [mp.binomial(m, k) / mpf(2) ** m for k in range(m + 1)]
        even, odd = [mpf(1)] * (m + 1), [mpf(1)] * (m + 1)  # V / k of the neurons active at even and at odd steps
        noise, rate = e * e * root * theta**2, e * root
        for t in range(limit + 1):
            value = sum(w * (k * a + (m - k) * b) for k, (w, a, b) in enumerate(zip(share, even, odd))) / m
            if value <= root:
                return t
            if t % 2 == 0:
                even = [v * (1 - 2 * rate + k * rate**2) + noise for k, v in enumerate(even)]
            else:
                odd = [v * (1 - 2 * rate + (m - k) * rate**2) + noise for k, v in enumerate(odd)]
        return None


def lemma_44():
    rows = []
    draw = random.Random(44)
    points = [("1/16", "1"), ("1/16", "4"), ("1/64", "3")]
    points += [(f"1/{draw.randint(4, 40)}", f"{draw.randint(2, 64)}/8") for _ in range(17)]  # of the map in README and docs
    for eta, theta in points:
        found = first_time_below(Fraction(eta), mpf(Fraction(theta).numerator) / Fraction(theta).denominator)
        rows.append({"arguments": ["lemma-4.4", "--set", "d=3", "--set", "n=fresh", "--set", f"eta={eta}", "--set", f"theta_norm={theta}"],
                     "measured": None if found is None else mpf(found), "tolerance": 0, "floor": 0, "true": found is not None})
    return rows


# --- laws at the start ----------------------------------------------------------------------------------------------

def laws():
    rows = []
    with mp.workdps(700):
        m, d = mpf(10) ** 552, 10
        rows.append({"arguments": ["lemma-4.3", "--clause", "1a", "--reading", "typical", "--inside", "--set", "d=10"],
                     "measured": 2 / mp.pi * mp.atan(mp.sqrt(d / m)), "tolerance": 1e-3, "floor": 0, "true": True})
        q = 2 * mp.sqrt(d) / mp.sqrt(mp.pi) * m ** (-mpf(1) / 8)
        # P(|cos| < s) = 2 s Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)) to leading order in s, which is 1e-69 here; its relative
        # error is of order s^2. P(exception) = I_{c/(1+c)}(d/2, 1/2) with c = d/(m s^2), to leading order in c likewise.
        s = q * mp.sqrt(mp.pi) * mp.gamma(mpf(d - 1) / 2) / (2 * mp.gamma(mpf(d) / 2))
        c = d / (m * s**2)
        one = c ** (mpf(d) / 2) / (mpf(d) / 2 * mp.beta(mpf(d) / 2, mpf(1) / 2))
        rows.append({"arguments": ["lemma-4.3", "--clause", "1a", "--reading", "literal", "--inside", "--set", "d=10"],
                     "measured": m * one, "tolerance": 1e-3, "floor": 0, "true": None})
    for d, exponent in ((20, 200), (2, 100), (5, 100)):
        with mp.workdps(80):
            m = mpf(10) ** exponent
            reach = 1 / (192 * mp.sqrt(mp.log(m)))
            stays = mp.gammainc(mpf(d) / 2, 0, d * reach**2 / 2, regularized=True)
        rows.append({"arguments": ["theorem-4.2", "--reading", "limit-fraction", "--set", f"d={d}"],
                     "measured": stays, "tolerance": 1e-2, "floor": 0, "true": False})
    for eta in ("1/7", "3", "1"):
        rows.append({"arguments": ["oscillation-identity", "--reading", "literal", "--set", f"eta={eta}"],
                     "measured": mpf(Fraction(eta).numerator**2) / Fraction(eta).denominator**2, "tolerance": 1e-12, "floor": 0,
                     "true": eta == "1"})
    return rows


def map_points():
    """Of the map of Lemma 4.6 in docs/concepts/verdict.md: theta_norm 1/2..4, eta 1e-3..1e-1. Its border is |theta*| = 1."""
    draw, rows = random.Random(46), []
    for _ in range(20):
        theta, eta = Fraction(draw.randint(50, 400), 100), Fraction(1, draw.randint(10, 1000))
        rows.append({"arguments": ["lemma-4.6", "--clause", "1", "--reading", "non-degenerate+population", "--set", f"theta_norm={theta}",
                                   "--set", f"eta={eta}", "--budget", "0.01s"],
                     "measured": None, "tolerance": 0, "floor": 0, "true": theta <= 1})
    return rows


def record():
    rows = lemma_46() + lemma_45() + lemma_44() + laws() + map_points()
    for row in rows:
        if row["measured"] is not None:
            row["measured"] = mp.nstr(row["measured"], 17)
    RECORD.write_text("[\n" + ",\n".join(" " + json.dumps(row) for row in rows) + "\n]\n")
    print(f"{len(rows)} rows recorded")


def number(text):
    """`measured` as the tool prints it: "at least x", "1 - x" for an expected share, "x +/- r"."""
    for prefix in ("at least ", "at most ", "1 - "):
        text = text.removeprefix(prefix)
    return mpf(text.split(" ")[0])


def compare(tool):
    wrong, compared, decided = [], 0, 0
    for row in json.loads(RECORD.read_text()):
        run = subprocess.run([tool, "check", *row["arguments"], "--json", "--quiet"], capture_output=True, text=True)
        where = " ".join(row["arguments"])
        if run.returncode not in (0, 1, 3):
            wrong.append(f"{where}: exit code {run.returncode}: {run.stderr.strip()}")
            continue
        arguments = row["arguments"]
        reading = arguments[arguments.index("--reading") + 1] if "--reading" in arguments else "literal"
        # --reading takes every row that has the word
        (verdict,) = [v for v in json.loads(run.stdout) if v["reading"] == reading]
        outcome = verdict["outcome"]
        decided += outcome in ("holds", "violated")
        if (outcome, row["true"]) in (("holds", False), ("violated", True), ("supported", False)):
            wrong.append(f"{where}: {outcome}, and the claim is {row['true']}")
        if row["measured"] is None:
            continue
        compared += 1
        expected, found = mpf(row["measured"]), number(verdict["measured"])
        if abs(found - expected) > row["tolerance"] * abs(expected) + row["floor"]:
            wrong.append(f"{where}: measured {verdict['measured']}, here {row['measured']}")
    for line in wrong:
        print(line)
    print(f"{compared} numbers compared, {decided} rows decided, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tool"] and len(sys.argv) == 3:
        sys.exit(compare(sys.argv[2]))
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    record()

#!/usr/bin/env python3
"""Fast phase and slow flow neuron by neuron, (w_i, a_i) themselves, by mpmath's Taylor integrator odefun at 30 digits: no
right multiplication, no Gram matrix, no projection. The fast phase runs until its error is below 10^-28.

Usage: slow_flow_mpmath.py           writes recorded/slow-flow.json
       slow_flow_mpmath.py --check   computes everything again and compares with the file there
"""

import json
import pathlib
import sys
from fractions import Fraction as F

import mpmath
from mpmath import mp, mpf

FILE = pathlib.Path(__file__).parent / "recorded" / "slow-flow.json"
mp.dps = 34

CASES = [
    {
        "name": "three neurons, two dimensions",
        "C": [["3/2", "1/4"], ["1/4", "3/4"]],
        "theta_star": ["1/2", "-1/4"],
        "start": [["1", "1/3", "1/2"], ["-1/2", "3/4", "1/5"], ["1/4", "-5/4", "2/5"]],
        "taus": ["1/8", "1/2"],
    },
    {
        "name": "two neurons, three dimensions",
        "C": [["1", "0", "1/8"], ["0", "5/4", "-1/4"], ["1/8", "-1/4", "1/2"]],
        "theta_star": ["1/4", "1/2", "0"],
        "start": [["3/4", "-1/2", "1/4", "1"], ["1/2", "1", "-1/3", "-1/2"]],
        "taus": ["1/8", "3/8"],
    },
    {
        "name": "one dimension",
        "C": [["2"]],
        "theta_star": ["1/2"],
        "start": [["1", "1/4"], ["-1/2", "1/3"]],
        "taus": ["1/4", "1"],
    },
]


def number(text):
    f = F(text)
    return mpf(f.numerator) / mpf(f.denominator)


class Network:
    def __init__(self, case):
        self.C = [[number(x) for x in row] for row in case["C"]]
        self.star = [number(x) for x in case["theta_star"]]
        self.d, self.m = len(self.star), len(case["start"])
        self.start = [number(x) for row in case["start"] for x in row]

    def rows(self, y):
        k = self.d + 1
        return [y[i * k : (i + 1) * k] for i in range(self.m)]

    def theta(self, y):
        return [sum(z[j] * z[self.d] for z in self.rows(y)) for j in range(self.d)]

    def times_c(self, v):
        return [sum(c * x for c, x in zip(row, v)) for row in self.C]

    def fast(self, _, y):
        v = self.times_c([t - s for t, s in zip(self.theta(y), self.star)])
        rate = []
        for *w, a in self.rows(y):
            rate += [-a * x for x in v] + [-sum(p * x for p, x in zip(w, v))]
        return rate

    def slow(self, _, y):
        rows, d = self.rows(y), self.d
        trace = sum(self.C[j][j] for j in range(d))
        second = sum(z[d] ** 2 for z in rows)
        K = mpmath.matrix(d, d)
        for i in range(d):
            for j in range(d):
                K[i, j] = sum(z[i] * z[j] for z in rows) + (second if i == j else 0)
        theta = self.theta(y)  # on the manifold theta*; the multiplier that keeps it where it is
        pull = [-(c + trace * t) for c, t in zip(self.times_c(theta), theta)]
        lam = mpmath.lu_solve(K, mpmath.matrix(pull))
        rate = []
        for *w, a in rows:
            cw = self.times_c(w)
            rate += [-(cw[j] + a * lam[j]) for j in range(d)]
            rate += [-(sum(w[j] * lam[j] for j in range(d)) + trace * a)]
        return rate

    def error(self, y):
        return mpmath.sqrt(sum((t - s) ** 2 for t, s in zip(self.theta(y), self.star)))


def at(field, y, time):
    return [mpf(x) for x in mpmath.odefun(field, 0, y, tol=mpf(10) ** -32)(time)]


def compute(case):
    network = Network(case)
    y = network.start
    while network.error(y) > mpf(10) ** -28:
        y = at(network.fast, y, mpf(4))
    text = lambda v: [mpmath.nstr(x, 25, min_fixed=0, max_fixed=0) for x in v]
    result = dict(case, manifold=text(y), states=[])
    tau = mpf(0)
    for t in case["taus"]:
        y = at(network.slow, y, number(t) - tau)
        tau = number(t)
        result["states"].append(text(y))
    return result


def main():
    cases = [compute(case) for case in CASES]
    text = json.dumps(cases, indent=1) + "\n"
    if "--check" in sys.argv[1:]:
        if FILE.read_text() != text:
            sys.exit(f"{FILE}: differs from what is computed now")
        print(f"{FILE.name}: {len(cases)} flows agree")
    else:
        FILE.write_text(text)


if __name__ == "__main__":
    main()

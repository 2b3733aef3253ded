#!/usr/bin/env python3
"""Configurations of Lemma 4.4 just inside and just outside its border, from the recursion of its mean square, in mpmath at
80 digits. `./dev calibrate` asks the judge about them.

Usage: planted_borders.py           writes recorded/planted-borders.json (a minute)
       planted_borders.py --check   computes everything again and compares with the file there

On the population (C = I), the neurons whose a_i is not zero at even steps and the others take turns. One step of k active
neurons with fresh signs s is W <- (1 - c s s^T) W + e s theta*^T, c = eta A^2, e = eta A, A = eta^(1/4) the amplitude:
E|W|^2 <- (1 - 2 c + k c^2) E|W|^2 + k e^2 |theta*|^2, from E|W|^2 = k; the number of active ones is Binomial(m, 1/2).
So E(t) = alpha(t) + beta(t) |theta*|^2, and the claim is E(t) <= eta^y at some t <= eta^-x, y = 1/2 and x = 2 in print.
"""

import json
import pathlib
import sys

import mpmath
from mpmath import mp, mpf

FILE = pathlib.Path(__file__).parent / "recorded" / "planted-borders.json"
MARGINS = (mpf(10) ** -3, mpf(10) ** -6, mpf(10) ** -12)


def mean_squares(root, last):
    """(alpha, beta) at t = 0 .. last, eta = 1/root^2, m = root."""
    eta, m = mpf(1) / root**2, root
    c, e2 = eta * mpmath.sqrt(eta), eta**2 * mpmath.sqrt(eta)
    groups = [[mpmath.binomial(m, k) / mpf(2) ** m, k, 1 - 2 * c + k * c * c, mpf(k), mpf(0)] for k in range(m + 1)]
    previous = None
    for t in range(last + 1):
        # After j rounds each; at odd t the group that began is one round ahead.
        now = [(g[3], g[4]) for g in groups]
        other = now if t % 2 == 0 else previous
        alpha = sum(g[0] * (now[k][0] + other[m - k][0]) for k, g in enumerate(groups)) / m
        beta = sum(g[0] * (now[k][1] + other[m - k][1]) for k, g in enumerate(groups)) / m
        yield alpha, beta
        if t % 2 == 0:
            previous = now
            for g in groups:
                g[3], g[4] = g[2] * g[3], g[2] * g[4] + g[1] * e2


def borders(root, theta):
    eta = mpf(1) / root**2
    square, bound = mpf(theta) ** 2, mpf(1) / root
    path = list(mean_squares(root, root**4))
    values = [a + b * square for a, b in path]
    first = next(t for t, v in enumerate(values) if v <= bound)
    # The least of all |theta*| at which no time is early enough.
    largest = mpmath.sqrt(max((bound - a) / b for a, b in path if b > 0))
    time = mpmath.log(first) / -mpmath.log(eta)
    level = mpmath.log(min(values)) / mpmath.log(eta)
    for margin in MARGINS:
        for sign in (1, -1):
            holds = sign > 0
            yield root, {"theta_norm": largest * (1 - sign * margin)}, {}, holds
            yield root, {"theta_norm": mpf(theta)}, {"oscillation_time_exponent": time * (1 + sign * margin)}, holds
            yield root, {"theta_norm": mpf(theta)}, {"oscillation_exponent": level * (1 - sign * margin)}, holds


def cases():
    for root, theta in ((2, "1/2"), (4, "1"), (6, "3/2"), (8, "1")):
        top, _, bottom = theta.partition("/")
        for r, keys, planted, holds in borders(root, mpf(top) / mpf(bottom or 1)):
            text = lambda x: mpmath.nstr(x, 25, min_fixed=-5, max_fixed=10)
            yield {"sets": ["d=3", "n=fresh", f"eta=1/{r * r}"] + [f"{k}={text(v)}" for k, v in keys.items()],
                   "planted": {k: text(v) for k, v in planted.items()}, "holds": holds}


def main(arguments):
    mp.dps = 80
    result = list(cases())
    if arguments == ["--check"]:
        if json.loads(FILE.read_text()) != result:
            sys.exit(f"not what {FILE.name} holds")
        print(f"{FILE.name}: {len(result)} cases hold")
    else:
        FILE.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

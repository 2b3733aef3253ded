#!/usr/bin/env python3
"""Peer: label-noise SGD in mpmath at 60 digits, the direct state (W, a), as one would write it in Python.

Usage: mpmath_direct.py [key=value ...]      keys: d m n eta sigma steps seed digits

One trajectory of a hundred steps is what this is meant for. Lists of mpf rather than mpmath's matrix, whose bookkeeping
costs as much again, and mp.fdot for inner products, which rounds once: both make it faster. mpmath works on gmpy2's
integers where that is installed, else on Python's; the name says which. Prints one line of JSON.
"""

import json
import random
import sys
import time

import mpmath
from mpmath import mp, mpf

SETTING = {"d": 20, "m": 1000, "n": 200, "eta": 1e-3, "sigma": 4.0, "steps": 100, "seed": 1, "digits": 60}


def parse(arguments):
    setting = dict(SETTING)
    for word in arguments:
        key, _, text = word.partition("=")
        if key not in setting:
            sys.exit(f"mpmath_direct.py: unknown argument '{word}'\n{__doc__}")
        setting[key] = type(SETTING[key])(text)
    return setting


def main():
    s = parse(sys.argv[1:])
    d, m, n, steps = s["d"], s["m"], s["n"], s["steps"]
    mp.dps = s["digits"]
    eta, sigma = mpf(1) / 1000 if s["eta"] == 1e-3 else mpf(s["eta"]), mpf(s["sigma"])
    draw = random.Random(s["seed"])
    x = [[mpf(draw.gauss(0, 1)) for _ in range(d)] for _ in range(n)]
    theta_star = [mpf(draw.gauss(0, 1)) for _ in range(d)]
    norm = mp.sqrt(mp.fdot(theta_star, theta_star))
    theta_star = [t / norm for t in theta_star]
    y = [mp.fdot(theta_star, row) for row in x]
    w = [[mpf(draw.gauss(0, 1)) / mp.sqrt(d) for _ in range(d)] for _ in range(m)]
    a = [mpf(draw.gauss(0, 1)) / mp.sqrt(m) for _ in range(m)]

    start = time.perf_counter()
    for _ in range(steps):
        k = draw.randrange(n)
        eps = sigma if draw.random() < 0.5 else -sigma
        input_k = x[k]
        p = [mp.fdot(row, input_k) for row in w]
        c = eta * (mp.fdot(a, p) - y[k] - eps)
        for row, a_i in zip(w, a):
            ca = c * a_i
            for j in range(d):
                row[j] -= ca * input_k[j]
        a = [a_i - c * p_i for a_i, p_i in zip(a, p)]
    seconds = time.perf_counter() - start

    theta = [mp.fdot(a, [row[j] for row in w]) for j in range(d)]
    theta_norm = float(mp.sqrt(mp.fdot(theta, theta)))
    print(json.dumps({"name": f"mpmath-{mpmath.libmp.BACKEND}", "steps": steps, "seconds": seconds,
                      "steps_per_second": steps / seconds, "theta_norm": theta_norm}))


if __name__ == "__main__":
    main()

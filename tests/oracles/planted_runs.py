#!/usr/bin/env python3
"""True failure probabilities of runs that no integral gives, by direct simulation in NumPy of the rule itself: sharpness-aware
minimisation with one fresh standard normal input a step. Nothing is shared with the library; `./dev calibrate` compares.

Usage: planted_runs.py           writes recorded/planted-runs.json (ten minutes)
       planted_runs.py --check   the same with a tenth of the paths, within what chance explains of the file

A run of T steps is seen at every T/200-th. It fails unless the mean norm falls below `share` of its start before the mean
|cosine| to theta* passes `share`, and |theta - theta*| <= |theta*|/10 at T. error: three standard errors of p.
"""

import json
import math
import pathlib
import sys

import numpy as np

FILE = pathlib.Path(__file__).parent / "recorded" / "planted-runs.json"
D, M, ETA, RHO, SIGMA, THETA, SHARE = 8, 9, 1 / 50, 21 / 100, 1 / 200, 1 / 2, 33 / 50
TEXTS = {"d": D, "n": "fresh", "eta": "1/50", "rho": "21/100", "sigma": "1/200", "theta_norm": "1/2"}
HORIZONS = (1400, 1600, 2000, 2800)
RECORDS, NEVER, CHUNK, PATHS = 200, 10**9, 1000, 300_000


def failures(seed):
    """Failed runs among CHUNK, for each horizon. theta* = THETA e_1: all laws are invariant under rotations."""
    random = np.random.default_rng(seed)
    w = random.standard_normal((D, M, CHUNK)) / math.sqrt(D)
    a = random.standard_normal((M, CHUNK)) / math.sqrt(M)

    def observed():
        norms = np.sqrt((w * w).sum(axis=0))
        return norms.mean(axis=0), (np.abs(w[0]) / norms).mean(axis=0)

    start, cosine = observed()
    shrunk = {t: np.full(CHUNK, NEVER) for t in HORIZONS}
    aligned = {t: np.where(cosine > SHARE, 0, NEVER) for t in HORIZONS}
    result = []
    for step in range(1, max(HORIZONS) + 1):
        x = random.standard_normal((D, CHUNK))
        label = THETA * x[0] + SIGMA * (2 * random.integers(0, 2, CHUNK) - 1)
        squared = (x * x).sum(axis=0)
        # The gradient of (1/2) r^2 is r (a x^T, W x); perturbed by RHO along it.
        seen = np.einsum("dmn,dn->mn", w, x)
        residual = (a * seen).sum(axis=0) - label
        along = RHO * np.sign(residual) / np.sqrt((a * a).sum(axis=0) * squared + (seen * seen).sum(axis=0))
        a_there, seen_there = a + along * seen, seen + along * a * squared
        change = ETA * ((a_there * seen_there).sum(axis=0) - label)
        w -= (change * a_there)[None] * x[:, None]
        a -= change * seen_there
        due = [t for t in HORIZONS if step % (t // RECORDS) == 0 and step <= t]
        if not due:
            continue
        norm, cosine = observed()
        for t in due:
            shrunk[t][(shrunk[t] == NEVER) & (norm < SHARE * start)] = step
            aligned[t][(aligned[t] == NEVER) & (cosine > SHARE)] = step
        if step in HORIZONS:
            theta = np.einsum("dmn,mn->dn", w, a)
            theta[0] -= THETA
            close = np.sqrt((theta * theta).sum(axis=0)) <= THETA / 10
            both = (shrunk[step] < aligned[step]) & (aligned[step] < NEVER)
            result.append(int(CHUNK - (both & close).sum()))
    return result


def simulate(paths):
    return np.sum([failures(seed) for seed in range(paths // CHUNK)], axis=0) / paths


def main(arguments):
    if arguments == ["--check"]:
        for truth, p in zip(json.loads(FILE.read_text()), simulate(PATHS // 10)):
            if abs(float(truth["p"]) - p) > 4 * math.sqrt(p * (1 - p) / (PATHS // 10)):
                sys.exit(f"{truth['name']}: {p} where {FILE.name} holds {truth['p']}")
        print(f"{FILE.name}: {len(HORIZONS)} truths hold")
        return
    FILE.write_text(json.dumps(
        [{"name": f"{t} steps", "statement": "sam-phases", "clause": "", "reading": "literal", "m": M,
          "sets": [f"{k}={v}" for k, v in TEXTS.items()] + [f"steps={t}"], "planted": {"phase_share": "33/50"},
          "bound": "1/10", "p": f"{p:.6f}", "error": f"{3 * math.sqrt(p * (1 - p) / PATHS):.1e}"}
         for t, p in zip(HORIZONS, simulate(PATHS))], indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""Label-noise SGD as the paper writes it, neuron by neuron, in NumPy: many replicas of one network from one start on the
manifold W^T a = theta*, at three step sizes, up to the same slow times tau = eta^2 sigma^2 t / 2. What is recorded is the mean
over replicas of the second moments S = [W | a]^T [W | a], and its standard error. The slow flow, which is the limit eta -> 0,
is nowhere in this program.

Usage: label_noise_runs.py           writes recorded/label-noise-runs.json (1 min)
       label_noise_runs.py --check   computes everything again and compares with the file there, digit by digit
"""

import json
import pathlib
import sys
from fractions import Fraction as F

import numpy as np

FILE = pathlib.Path(__file__).parent / "recorded" / "label-noise-runs.json"
SEED = 20261201
REPLICAS = 4096
ETAS = ["1/32", "1/64", "1/128"]
TAUS = ["1/4", "1"]
SIGMA = 1
INPUTS = [["1", "1/2"], ["-3/4", "1"], ["1/4", "-5/4"]]
START = [["1", "1/4", "1/2"], ["-1/2", "3/4", "1/4"]]  # rows (w_i, a_i)


def floats(rows):
    return np.array([[float(F(x)) for x in row] for row in rows])


def moments(w, a):
    """Columns: S_11, S_12, S_22, S_13, S_23, S_33 of each replica."""
    z = np.concatenate([w, a[:, :, None]], axis=2)
    s = np.einsum("rij,rik->rjk", z, z)
    return np.stack([s[:, 0, 0], s[:, 0, 1], s[:, 1, 1], s[:, 0, 2], s[:, 1, 2], s[:, 2, 2]], axis=1)


def runs(eta, rng):
    x = floats(INPUTS)
    start = floats(START)
    d = x.shape[1]
    w = np.repeat(start[None, :, :d], REPLICAS, axis=0)
    a = np.repeat(start[None, :, d], REPLICAS, axis=0)
    theta_star = start[:, :d].T @ start[:, d]
    labels = x @ theta_star
    rows = []
    steps = 0
    for tau in TAUS:
        end = F(tau) * 2 / (F(eta) ** 2 * SIGMA**2)
        assert end.denominator == 1
        while steps < end:
            k = rng.integers(0, len(x), REPLICAS)
            noise = SIGMA * (2.0 * rng.integers(0, 2, REPLICAS) - 1)
            inputs = x[k]
            p = np.einsum("rij,rj->ri", w, inputs)  # <w_i, x>
            residual = np.einsum("ri,ri->r", a, p) - labels[k] - noise
            pull = float(F(eta)) * residual
            w = w - (pull[:, None] * a)[:, :, None] * inputs[:, None, :]
            a = a - pull[:, None] * p
            steps += 1
        s = moments(w, a)
        assert np.isfinite(s).all()
        rows.append(
            {
                "tau": tau,
                "steps": steps,
                "mean": [repr(float(v)) for v in s.mean(axis=0)],
                "error": [repr(float(v)) for v in s.std(axis=0, ddof=1) / np.sqrt(REPLICAS)],
            }
        )
    return rows


def main():
    rng = np.random.Generator(np.random.PCG64(SEED))
    result = {
        "replicas": REPLICAS,
        "sigma": SIGMA,
        "inputs": INPUTS,
        "start": START,
        "columns": ["S_11", "S_12", "S_22", "S_13", "S_23", "S_33"],
        "runs": [{"eta": eta, "at": runs(eta, rng)} for eta in ETAS],
    }
    text = json.dumps(result, indent=1) + "\n"
    if sys.argv[1:] == ["--check"]:
        if FILE.read_text() != text:
            sys.exit(f"{FILE.name} differs from what is computed now")
        print(f"{FILE.name}: the same")
    elif not sys.argv[1:]:
        FILE.write_text(text)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()

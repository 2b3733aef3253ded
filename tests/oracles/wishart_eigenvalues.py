#!/usr/bin/env python3
"""The NTK start's Gram matrix S(0) = Z^T Z at small widths, from m Gaussian rows z = (w, a), w ~ N(0, I/d), a ~ N(0, 1/m), that are
drawn one and all, in NumPy: no factor, no chi variate. What is recorded is how many of DRAWS matrices have their smallest
eigenvalue, their largest, and the logarithm of their determinant at or below each point of a grid.

Usage: wishart_eigenvalues.py           writes recorded/wishart-eigenvalues.json (1 min)
       wishart_eigenvalues.py --check   draws everything again and compares with the file there, digit by digit
"""

import json
import pathlib
import sys

import numpy as np

FILE = pathlib.Path(__file__).parent / "recorded" / "wishart-eigenvalues.json"
SEED = 20261202
DRAWS = 1_000_000
PART = 50_000
GRID = 100  # points, at quantiles of the first part
SIZES = [(2, 5), (2, 12), (3, 5), (3, 8), (4, 6), (4, 12)]  # d, m


def draw(d, m, rng, count):
    """[count x 3]: smallest and largest eigenvalue, log det."""
    z = rng.standard_normal((count, m, d + 1))
    z[:, :, :d] /= np.sqrt(d)
    z[:, :, d] /= np.sqrt(m)
    values = np.linalg.eigvalsh(np.einsum("rij,rik->rjk", z, z))
    return np.stack([values[:, 0], values[:, -1], np.log(values).sum(axis=1)], axis=1)


def law(d, m, rng):
    first = draw(d, m, rng, PART)
    points = np.quantile(first, (np.arange(GRID) + 0.5) / GRID, axis=0)
    points = points.round(6)
    at_most = np.zeros((GRID, 3), dtype=np.int64)
    for _ in range(DRAWS // PART):
        values = np.sort(draw(d, m, rng, PART), axis=0)
        for c in range(3):
            at_most[:, c] += np.searchsorted(values[:, c], points[:, c], side="right")
    names = ["smallest", "largest", "log_determinant"]
    return {
        name: {"at": [float(x) for x in points[:, c]], "count": [int(n) for n in at_most[:, c]]}
        for c, name in enumerate(names)
    }


def main():
    rng = np.random.Generator(np.random.PCG64(SEED))
    laws = [{"d": d, "m": m, **law(d, m, rng)} for d, m in SIZES]
    text = json.dumps({"draws": DRAWS, "laws": laws}, separators=(",", ":")).replace('{"d"', '\n{"d"') + "\n"
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

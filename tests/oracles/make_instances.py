#!/usr/bin/env python3
"""Writes the small random instances of tests/data/instances: the configurations that no reference instance has.

Usage: make_instances.py DIRECTORY       then run mpmath_oracle.py on DIRECTORY/*.instance.json

Every number is a dyadic with denominator 1024 (noise values: 4096), so that doubles hold all inputs exactly.
The seed is the instance's name: adding one leaves the others as they are.
"""

import json
import pathlib
import random
import sys
from fractions import Fraction

# name, d, m, n, steps, eta, sigma, algorithm, further keys; "gaussian" asks for noise_values.
CASES = [
    ("smallest", 1, 1, 1, 30, "1/64", "2", {"name": "label-noise-sgd"}, {}),
    ("few-neurons", 6, 2, 9, 40, "1/128", "2", {"name": "label-noise-sgd"}, {}),
    ("batch-square-periodic", 3, 5, 7, 30, "1/128", "2", {"name": "label-noise-sgd"},
     {"batch": 3, "loss": "square", "schedule": "periodic:3:2"}),
    ("gaussian-noise", 4, 6, 5, 40, "1/64", "3/2", {"name": "label-noise-sgd"}, {"gaussian": True}),
    ("sgd-batch", 2, 3, 4, 40, "1/32", "0", {"name": "sgd"}, {"batch": 2}),
    ("label-noise-gd-periodic", 3, 4, 5, 33, "1/16", "2", {"name": "label-noise-gd"},
     {"schedule": "periodic:4:3"}),
    ("label-noise-gd-gaussian-square", 3, 4, 6, 30, "1/32", "2", {"name": "label-noise-gd"},
     {"gaussian": True, "loss": "square"}),
    ("gd-square", 3, 5, 6, 50, "1/32", "0", {"name": "gd"}, {"loss": "square"}),
    ("sam-batch-square-periodic", 3, 4, 6, 35, "1/128", "1/2", {"name": "sam", "rho": "1/20"},
     {"batch": 2, "loss": "square", "schedule": "periodic:2:3"}),
    # x_0 = 0: a gradient that is exactly zero, where SAM must not divide by its norm.
    ("sam-zero-gradient", 2, 3, 4, 30, "1/32", "0", {"name": "sam", "rho": "1/10"}, {"zero_input": True}),
    ("oscillation-square", 2, 5, 4, 40, "1/64", "0", {"name": "oscillation", "amplitude": "3/8"},
     {"loss": "square"}),
]


def make(name, d, m, n, steps, eta, sigma, algorithm, extra):
    rng = random.Random(name)
    extra = dict(extra)
    gaussian, zero_input = extra.pop("gaussian", False), extra.pop("zero_input", False)

    def normal(scale, denominator=1024):
        return f"{round(rng.gauss(0, 1) * scale * denominator)}/{denominator}"

    X = [[normal(1) for _ in range(d)] for _ in range(n)]
    if zero_input:
        X[0] = ["0"] * d
    case = {"format": "escapement-instance/1", "name": name, "d": d, "m": m, "n": n, "eta": eta, "sigma": sigma,
            "steps": steps, "theta_star": [normal(0.7) for _ in range(d)], "X": X,
            "W0": [[normal(d ** -0.5) for _ in range(d)] for _ in range(m)],
            "a0": [normal(m ** -0.5) for _ in range(m)], "algorithm": algorithm, **extra}
    kind = algorithm["name"]
    if kind == "oscillation":
        amplitude = algorithm["amplitude"]
        case["a0"] = [rng.choice(["0", "0", amplitude, "-" + amplitude]) for _ in range(m)]
        # One sign for each zero entry of each step: who starts at zero is there at even steps, the others at odd.
        zeros = case["a0"].count("0")
        count = sum(zeros if t % 2 == 0 else m - zeros for t in range(steps))
        case["signs"] = [rng.choice([1, -1]) for _ in range(count)]
        return case
    per_step = extra.get("batch", 1)
    if kind in ("gd", "label-noise-gd"):
        per_step = n
    else:
        case["samples"] = [rng.randrange(n) for _ in range(steps * per_step)]
    if gaussian:
        scale = float(Fraction(sigma))
        case["noise_values"] = [normal(scale, 4096) for _ in range(steps * per_step)]
    elif kind in ("label-noise-sgd", "label-noise-gd") or (kind == "sam" and sigma != "0"):
        case["noise"] = [rng.choice([1, -1]) for _ in range(steps * per_step)]
    return case


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    for case in CASES:
        path = folder / f"{case[0]}.instance.json"
        path.write_text(json.dumps(make(*case), indent=1) + "\n", encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()

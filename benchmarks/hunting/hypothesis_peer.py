#!/usr/bin/env python3
"""The peer: the same planted faults as properties for Hypothesis, each claim written again in NumPy.

    hypothesis_peer.py FILE [--seeds 10] [--cases 2000] [--only TEXT]

A line of JSON for each fault and seed is added to FILE, as `hunting rapidcheck` writes them; what stands there is not measured again.
Needs python3-hypothesis and python3-numpy.
"""
import argparse
import itertools
import json
import os
import random
import time

import hypothesis
import hypothesis.strategies as st
import numpy as np

NUMBER = st.floats(-8, 8, allow_nan=False)
TOLERANCE = 1e-9


@st.composite
def cases(draw, d=None):
    d, (m, n, steps) = d or draw(st.integers(1, 3)), (draw(st.integers(1, 3)) for _ in range(3))
    matrix = lambda rows, columns: np.array(
        draw(st.lists(NUMBER, min_size=rows * columns, max_size=rows * columns))).reshape(rows, columns)
    return dict(
        d=d, steps=steps, eta=draw(st.floats(0, 1, exclude_min=True)), sigma=draw(st.floats(0, 8)),
        theta=matrix(1, d)[0], X=matrix(n, d), W=matrix(m, d), a=matrix(1, m)[0],
        samples=[draw(st.integers(0, n - 1)) for _ in range(steps)],
        noise=[draw(st.sampled_from([1, -1])) for _ in range(steps)])


def path(c):
    """(W, a, g, x) before each step of label-noise SGD, and the end."""
    W, a = c["W"].copy(), c["a"].copy()
    for k, sign in zip(c["samples"], c["noise"]):
        x = c["X"][k]
        g = (a @ W) @ x - c["theta"] @ x - sign * c["sigma"]
        yield W, a, g, x
        W, a = W - c["eta"] * g * np.outer(a, x), a - c["eta"] * g * (W @ x)
    yield W, a, None, None


def delta(W, a, g, x):
    return -g * g * ((W @ x) ** 2 - a * a * (x @ x))


def above(left, right, scale=None):
    """left > right by more than rounding, for some neuron."""
    scale = np.abs(left) + np.abs(right) if scale is None else scale
    return bool(np.any(left - right > TOLERANCE * scale))


def norm(factor=1.0, power=0, late=False, start=True):
    def violated(c):
        steps = list(path(c))
        W0, a0, W1, a1 = *steps[0][:2], *steps[-1][:2]
        deltas = [delta(*s) for s in steps[:-1]]
        size = sum(np.abs(x) for x in deltas) * c["eta"] ** 2 + (W0**2).sum(1) + (W1**2).sum(1) + a0**2 + a1**2
        total = sum(deltas[:-1] if late else deltas) + 0 * a0
        defect = (W1**2).sum(1) - (W0**2).sum(1) - factor * c["eta"] ** (2 + power) * total - a1**2
        return above(np.abs(defect + (a0**2 if start else 0)), 0, size)
    return violated


def oscillation(factor=1.0, power=0, late=False):
    def violated(c):
        steps = list(path(c))
        for (W, a, g, x), (V, b, _, _) in zip(steps, steps[1:]):
            if late:
                k, sign = c["samples"][0], c["noise"][0]
                g = (b @ V) @ x - c["theta"] @ x - sign * c["sigma"]
            left, right = factor * c["eta"] ** (2 + power) * g * g * (W @ x) ** 2, (b - a) ** 2
            if above(np.abs(left - right), 0, left + right + a * a):
                return True
            if late:
                return False
        return False
    return violated


def displacement(factor=1.0, power=0, late=False, flipped=False, dropped=False):
    def violated(c):
        steps = list(path(c))
        left = np.linalg.norm(steps[-1][0] - steps[0][0], axis=1)
        parts = [np.abs(g * a) * (1 if dropped else np.linalg.norm(x)) for _, a, g, x in steps[:-1]]
        right = factor * c["eta"] ** (1 + power) * sum(parts[1:] if late else parts) + 0 * left
        return above(right, left) if flipped else above(left, right)
    return violated


def imbalance(upper, factor=1.0, flipped=False, dropped=False):
    def violated(c):
        W, a, g, x = next(path(c))
        square = 1 if dropped else x @ x
        left = delta(W, a, g, x) if upper else g * g * (W @ x) ** 2
        right = factor * g * g * square * (a * a if upper else (W**2).sum(1))
        return above(right, left) if flipped else above(left, right)
    return violated


def sign(factor=1.0, dropped=False):
    def violated(c):
        W, a, g, x = next(path(c))
        met = dropped | ((W @ x) ** 2 >= factor * a * a * (x @ x))
        return bool(np.any(met & (delta(W, a, g, x) > TOLERANCE * g * g * ((W @ x) ** 2 + a * a * (x @ x)))))
    return violated


def balanced(factor=1.0, power=0, late=False):
    def violated(c):
        W, a, total = c["W"].copy(), c["a"].copy(), 0 * c["a"]
        size = (W**2).sum(1) + a * a
        for t in range(c["steps"]):
            q = (c["X"] @ (a @ W - c["theta"])) @ c["X"] / len(c["X"])
            if not late or t > 0:
                total = total + (q @ q) * ((W**2).sum(1) + a * a)
            W, a = W - c["eta"] * np.outer(a, q), a - c["eta"] * (W @ q)
        change = np.abs((W**2).sum(1) - a * a - (c["W"] ** 2).sum(1) + c["a"] ** 2)
        right = factor * c["eta"] ** (2 + power) * total
        return above(change, right, change + right + size + (W**2).sum(1) + a * a)
    return violated


def predictor(factor=1.0, flipped=False, dropped=False):
    def violated(c):
        W, a = list(path(c))[-1][:2]
        left = np.linalg.norm(a @ W)
        right = factor * np.linalg.norm(W) * (1 if dropped else np.linalg.norm(a))
        return above(right, left) if flipped else above(left, right)
    return violated


def share(factor):
    """d = 4, the rows of Hadamard's matrix as inputs."""
    hadamard = np.array([[(-1) ** (k & j).bit_count() for j in range(4)] for k in range(4)])

    def violated(c):
        g = (c["a"] @ c["W"] - c["theta"]) @ hadamard.T
        for w, a in zip(c["W"], c["a"]):
            if w @ w <= 4 * a * a * (1 + TOLERANCE):
                continue
            inner = (hadamard @ w) ** 2 < 4 * a * a * (1 - TOLERANCE)
            moves = [np.abs(g - sign * c["sigma"]) > TOLERANCE for sign in (1, -1)]
            positive = np.mean([inner & moved for moved in moves])
            if above(positive, 1 - factor * (w @ w - 4 * a * a) / (4 * (w @ w - a * a))):
                return True
        return False
    return violated


def moments(power=0, late=False, few=False, dropped=False):
    """d = 1: every sequence of signs against the recursion."""
    def violated(c):
        w, k, steps, star = c["W"][:, 0], len(c["W"]), c["steps"], c["theta"][0]
        eta, square = c["eta"], c["eta"] ** 0.5
        el = eta * np.mean(c["X"] ** 2)
        if k * steps > 6:
            return False
        total = 0
        for signs in itertools.product(itertools.product((1, -1), repeat=k), repeat=steps):
            u = w
            for e in signs:
                alpha = np.array(e) * square ** 0.5
                u = u - el * alpha * (alpha @ u - star)
            total += u @ u
        exact, value, count = total / 2 ** (k * steps), w @ w, k - few
        source = 0 if dropped else count * el * el * square * star * star * eta**power
        for _ in range(late, steps):
            value = value * (1 - 2 * el * square + count * (el * square) ** 2) + source
        return above(np.abs(exact - value), 0, exact + np.abs(value) + w @ w)
    return violated


FAULTS = {
    "norm: constant x 2": norm(2), "norm: constant x 1.1": norm(1.1), "norm: sign flipped": norm(-1),
    "norm: eta^3 for eta^2": norm(power=1), "norm: last step left out": norm(late=True),
    "norm: a_i(0) left out": norm(start=False),
    "oscillation: constant x 2": oscillation(2), "oscillation: constant x 1.1": oscillation(1.1),
    "oscillation: eta^3 for eta^2": oscillation(power=1), "oscillation: residual a step late": oscillation(late=True),
    "displacement: constant / 2": displacement(0.5), "displacement: constant / 1.1": displacement(1 / 1.1),
    "displacement: inequality flipped": displacement(flipped=True), "displacement: eta^2 for eta": displacement(power=1),
    "displacement: first step left out": displacement(late=True), "displacement: |x| left out": displacement(dropped=True),
    "imbalance-upper: constant / 2": imbalance(True, 0.5), "imbalance-upper: constant / 1.1": imbalance(True, 1 / 1.1),
    "imbalance-upper: |x|^2 left out": imbalance(True, dropped=True),
    "imbalance-lower: constant / 1.1": imbalance(False, 1 / 1.1),
    "imbalance-lower: inequality flipped": imbalance(False, flipped=True),
    "sign: hypothesis dropped": sign(dropped=True), "sign: constant / 1.1": sign(1 / 1.1),
    "balanced: constant / 2": balanced(0.5), "balanced: constant / 1.1": balanced(1 / 1.1),
    "balanced: eta^3 for eta^2": balanced(power=1), "balanced: first step left out": balanced(late=True),
    "predictor: constant / 1.1": predictor(1 / 1.1), "predictor: |a| left out": predictor(dropped=True),
    "predictor: inequality flipped": predictor(flipped=True),
    "sign: constant / 1.001": sign(1 / 1.001), "sign: constant / 1.00001": sign(1 / 1.00001),
    "share: constant x 1.1": share(1.1), "share: constant x 1.01": share(1.01),
    "moments: eta^3 for eta^2": moments(power=1), "moments: t0 one step early": moments(late=True),
    "moments: k - 1 for k": moments(few=True), "moments: theta* left out": moments(dropped=True),
}
DIMENSION = {"share": 4, "moments": 1}  # of a theorem that is about one only


def measure(name, violated, seed, count):
    first, tried, begin = None, 0, time.process_time()

    def condition(c):
        nonlocal first, tried
        with np.errstate(all="ignore"):
            bad = violated(c)
        if first is None:
            tried += 1
            if bad:
                first = time.process_time() - begin
        return bad

    settings = hypothesis.settings(max_examples=count, database=None, deadline=None, derandomize=False,
                                   suppress_health_check=list(hypothesis.HealthCheck))
    try:
        drawn = cases(DIMENSION.get(name.partition(":")[0]))
        c = hypothesis.find(drawn, condition, settings=settings, random=random.Random(seed))
    except hypothesis.errors.NoSuchExample:
        c = None
    numbers = [] if c is None else [c["eta"], c["sigma"], *c["theta"], *c["X"].ravel(), *c["W"].ravel(), *c["a"]]
    length = lambda x: 0 if x == 0 else len(repr(int(x)) if x == int(x) else repr(float(x)))
    return {"found": c is not None, "seconds": round(first if first is not None else time.process_time() - begin, 3),
            "cases": tried, "numbers": len(numbers), "characters": sum(map(length, numbers)),
            "total": round(time.process_time() - begin, 3)}


def whole_lines(path):
    """What stands in the file; a line that was cut short is taken off it."""
    if not os.path.exists(path):
        return []
    with open(path, "r+b") as file:
        text = file.read()
        file.truncate(text.rfind(b"\n") + 1)
    return [json.loads(line) for line in text[:text.rfind(b"\n") + 1].decode().splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    there = {(row["fault"], row["seed"], row["of"]) for row in whole_lines(options.file)}
    for name, violated in FAULTS.items():
        for seed in range(1, options.seeds + 1):
            key = (name + " theorem", seed, options.cases)
            if options.only not in name or key in there:
                continue
            row = {"fault": key[0], "seed": seed, "of": options.cases, **measure(name, violated, seed, options.cases)}
            with open(options.file, "a") as file:
                print(json.dumps(row), file=file)


if __name__ == "__main__":
    main()

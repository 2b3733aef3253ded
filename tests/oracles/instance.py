"""Reads `escapement-instance/1` files for the oracles: exact numbers and the driving sequence, step by step.

Keys beside those of the engine's own format description (all optional):
  "loss": "half-square" (default) or "square"       the square loss doubles every gradient
  "batch": B (default 1)                            `samples` and `noise` hold B entries a step, step by step
  "schedule": "on" (default), "off", "periodic:P:Q" noise on for P steps, off for Q; a step in an off period
                                                    consumes its noise and uses 0 in its place
  "noise_values": [...]                             in place of `noise`: the label noise itself, exact strings
Algorithms: label-noise-sgd, sgd (no noise), label-noise-gd (n noise entries a step), gd, sam (noise optional),
oscillation (`signs`).
"""

import dataclasses
import json
from fractions import Fraction

SAMPLED = ("label-noise-sgd", "sgd", "sam")
FULL = ("label-noise-gd", "gd", "oscillation")
NOISY = ("label-noise-sgd", "label-noise-gd")


@dataclasses.dataclass
class Instance:
    """Exact values; X [n x d], W0 [m x d], a0 [m], y_k = <theta*, x_k>."""

    name: str
    algorithm: str
    d: int
    m: int
    n: int
    steps: int
    eta: Fraction
    sigma: Fraction
    theta_star: list
    X: list
    W0: list
    a0: list
    y: list
    loss_factor: int  # the gradient's factor beside (1/B) sum g x: 1 for half-square, 2 for square
    batches: list  # per step: sample indices
    noise: list  # per step: label noise of each of them, schedule applied
    rho: Fraction
    amplitude: Fraction
    signs: list


def _active(schedule, t):
    if schedule in ("on", "off"):
        return schedule == "on"
    word, p, q = schedule.split(":")
    assert word == "periodic" and int(p) >= 1 and int(q) >= 1, f"bad schedule {schedule!r}"
    return t % (int(p) + int(q)) < int(p)


def load(path):
    with open(path, encoding="utf-8") as file:
        raw = json.load(file)
    assert raw["format"] == "escapement-instance/1", f"{path}: not an instance"
    d, m, n, steps = (raw[key] for key in ("d", "m", "n", "steps"))
    name = raw["algorithm"]["name"]
    assert name in SAMPLED + FULL, f"{path}: unknown algorithm {name}"

    def vector(values, length):
        assert len(values) == length, f"{path}: {len(values)} entries where {length} are needed"
        return [Fraction(value) for value in values]

    theta_star = vector(raw["theta_star"], d)
    X = [vector(row, d) for row in raw["X"]]
    W0 = [vector(row, d) for row in raw["W0"]]
    assert len(X) == n and len(W0) == m, f"{path}: X or W0 has the wrong number of rows"

    per_step = raw.get("batch", 1) if name in SAMPLED else n
    if name in SAMPLED:
        samples = raw["samples"]
        assert len(samples) == steps * per_step and all(0 <= k < n for k in samples), f"{path}: bad samples"
        batches = [samples[t * per_step:(t + 1) * per_step] for t in range(steps)]
    else:
        batches = [list(range(n))] * steps

    sigma = Fraction(raw["sigma"])
    if "noise_values" in raw:
        values = vector(raw["noise_values"], steps * per_step)
    elif "noise" in raw:
        assert all(sign in (1, -1) for sign in raw["noise"]), f"{path}: noise holds signs"
        values = vector([sign * sigma for sign in raw["noise"]], steps * per_step)
    else:
        assert name not in NOISY, f"{path}: {name} needs noise"
        values = [Fraction(0)] * (steps * per_step)
    schedule = raw.get("schedule", "on")
    noise = [values[t * per_step:(t + 1) * per_step] if _active(schedule, t) else [Fraction(0)] * per_step
             for t in range(steps)]

    return Instance(
        name=raw["name"], algorithm=name, d=d, m=m, n=n, steps=steps, eta=Fraction(raw["eta"]), sigma=sigma,
        theta_star=theta_star, X=X, W0=W0, a0=vector(raw["a0"], m),
        y=[sum(u * v for u, v in zip(theta_star, x)) for x in X],
        loss_factor={"half-square": 1, "square": 2}[raw.get("loss", "half-square")],
        batches=batches, noise=noise, rho=Fraction(raw["algorithm"].get("rho", "0")),
        amplitude=Fraction(raw["algorithm"].get("amplitude", "0")), signs=raw.get("signs", []))

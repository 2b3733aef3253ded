#!/usr/bin/env python3
"""The direct (W, a) recursion in mpmath, for any instance file: expected results to 60 digits.

Usage: mpmath_oracle.py INSTANCE.instance.json ...          writes INSTANCE.expected.json beside each
       mpmath_oracle.py --check INSTANCE.instance.json ...  compares with the file there, digit by digit

Nothing here knows of the width-free state: every step is written out neuron by neuron from the definition of
the method. Each run is made at 80 and at 120 digits; the 60 digits that are written must be the same in both.

The loss of a batch B is (1/|B|) sum 1/2 (<theta, x_k> - y_k - eps_k)^2, or without the 1/2 where the instance
says `square`. SAM evaluates both gradients on the same batch with the same noise, and does not perturb where
the first is zero. `train_loss` is (1/2n) sum (<theta, x_k> - y_k)^2 whatever the loss that is trained on.
"""

import json
import sys

import mpmath
from mpmath import mp, mpf

import instance


def exact(value):
    return mpf(value.numerator) / value.denominator


def dot(u, v):
    return sum((x * y for x, y in zip(u, v)), mpf(0))


class Direct:
    """W [m x d] and a [m] of one instance, at the working precision of the moment."""

    def __init__(self, given):
        self.given = given
        self.X = [[exact(v) for v in row] for row in given.X]
        self.y = [exact(v) for v in given.y]
        self.W = [[exact(v) for v in row] for row in given.W0]
        self.a = [exact(v) for v in given.a0]
        self.eta, self.rho, self.amplitude = exact(given.eta), exact(given.rho), exact(given.amplitude)
        self.signs = iter(given.signs)

    @staticmethod
    def predictor(W, a):
        return [dot(column, a) for column in zip(*W)]

    def loss_gradient(self, theta, t):
        """Gradient of the batch loss of step t with respect to theta, [d]."""
        batch, noise = self.given.batches[t], self.given.noise[t]
        total = [mpf(0)] * self.given.d
        for k, eps in zip(batch, noise):
            residual = dot(theta, self.X[k]) - self.y[k] - exact(eps)
            total = [v + residual * x for v, x in zip(total, self.X[k])]
        return [self.given.loss_factor * v / len(batch) for v in total]

    def gradient(self, W, a, t):
        """Gradient with respect to (W, a): w_i gets a_i q, a_i gets <w_i, q>."""
        q = self.loss_gradient(self.predictor(W, a), t)
        return [[a_i * v for v in q] for a_i in a], [dot(w, q) for w in W]

    def moved(self, factor, gradient):
        """(W, a) + factor * gradient."""
        dW, da = gradient
        return ([[w + factor * g for w, g in zip(row, drow)] for row, drow in zip(self.W, dW)],
                [v + factor * g for v, g in zip(self.a, da)])

    def step(self, t):
        gradient = self.gradient(self.W, self.a, t)
        if self.given.algorithm == "oscillation":
            self.W = self.moved(-self.eta, gradient)[0]
            self.a = [self.chain(v) for v in self.a]
            return
        if self.given.algorithm == "sam":
            norm = mpmath.sqrt(sum(dot(row, row) for row in gradient[0]) + dot(gradient[1], gradient[1]))
            if norm != 0:
                gradient = self.gradient(*self.moved(self.rho / norm, gradient), t)
        self.W, self.a = self.moved(-self.eta, gradient)

    def chain(self, a_i):
        """Lemma 4.4: back to 0 from +-amplitude, from 0 to the side that the next sign names."""
        return mpf(0) if a_i != 0 else next(self.signs) * self.amplitude

    def result(self):
        theta = self.predictor(self.W, self.a)
        residuals = [dot(theta, x) - y for x, y in zip(self.X, self.y)]
        text = lambda value: mpmath.nstr(value, 60)
        return {
            "steps": self.given.steps,
            "W": [[text(v) for v in row] for row in self.W],
            "a": [text(v) for v in self.a],
            "theta": [text(v) for v in theta],
            "mean_norm": text(sum(mpmath.sqrt(dot(row, row)) for row in self.W) / self.given.m),
            "train_loss": text(dot(residuals, residuals) / (2 * self.given.n)),
        }


def solve(given, digits):
    with mp.workdps(digits):
        run = Direct(given)
        for t in range(given.steps):
            run.step(t)
        if given.algorithm == "oscillation":
            assert next(run.signs, None) is None, "signs left over"
        return run.result()


def main(arguments):
    check = arguments[:1] == ["--check"]
    paths = arguments[1:] if check else arguments
    if not paths or any(not path.endswith(".instance.json") for path in paths):
        sys.exit(__doc__)
    wrong = 0
    for path in paths:
        given = instance.load(path)
        result = solve(given, 80)
        assert result == solve(given, 120), f"{path}: 80 digits are too few"
        target = path.replace(".instance.json", ".expected.json")
        if check:
            with open(target, encoding="utf-8") as file:
                same = json.load(file) == result
            print(f"{path}: {'same' if same else 'DIFFERENT'}")
            wrong += not same
        else:
            with open(target, "w", encoding="utf-8") as file:
                file.write(json.dumps(result, indent=1) + "\n")
            print(f"wrote {target}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

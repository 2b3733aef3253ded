#!/usr/bin/env python3
"""E[ (1/m) sum_i |w_i(t)|^2 ] of Lemma 4.4's dynamics in rationals, by enumerating every sequence of the chain's signs:
no moment recursion, no parity argument. Gaussian starts enter through w(t) = M w(0) + b, linear for given signs.

Usage: oscillation_moments.py           writes recorded/oscillation-moments.json
       oscillation_moments.py --check   computes everything again and compares with the file there

Also sign_exceptions: P(a neuron of the NTK start has DeltaW > 0 with probability above q over standard normal inputs), by
mpmath quadrature of the chi laws at 30 digits: the angle's law integrated, its quantile by bisection.
"""

import itertools
import json
import pathlib
import sys
from fractions import Fraction as F

import mpmath
from mpmath import mp, mpf

FILE = pathlib.Path(__file__).parent / "recorded" / "oscillation-moments.json"


def starts(m):
    """All a(0) in {-1, 0, 1}^m with their probabilities."""
    weight = {-1: F(1, 4), 0: F(1, 2), 1: F(1, 4)}
    for a in itertools.product((-1, 0, 1), repeat=m):
        p = F(1)
        for x in a:
            p *= weight[x]
        yield a, p


def successors(a):
    """All next states of the chain with their probabilities."""
    zeros = [i for i, x in enumerate(a) if x == 0]
    for signs in itertools.product((-1, 1), repeat=len(zeros)):
        following = [0] * len(a)
        for i, sign in zip(zeros, signs):
            following[i] = sign
        yield tuple(following), F(1, 2 ** len(zeros))


def moment(eta, alpha, m, d, eigenvalues, theta, t):
    """eigenvalues [d] of a diagonal C, theta* [d]."""
    total = F(0)
    for l, s in zip(eigenvalues, theta):
        def walk(a, matrix, shift, left):
            if left == 0:
                return sum(x * x for row in matrix for x in row) / d + sum(x * x for x in shift)
            # w_i <- w_i - eta a_i l (sum_j a_j w_j - s), with w = matrix w(0) + shift
            a_scaled = [alpha * x for x in a]
            predicted = [sum(a_scaled[i] * matrix[i][j] for i in range(m)) for j in range(m)]
            offset = sum(a_scaled[i] * shift[i] for i in range(m)) - s
            moved = [[matrix[i][j] - eta * a_scaled[i] * l * predicted[j] for j in range(m)] for i in range(m)]
            away = [shift[i] - eta * a_scaled[i] * l * offset for i in range(m)]
            return sum(p * walk(b, moved, away, left - 1) for b, p in successors(a))

        unit = [[F(int(i == j)) for j in range(m)] for i in range(m)]
        total += sum(p * walk(a, unit, [F(0)] * m, t) for a, p in starts(m))
    return total / m


def oscillation_cases():
    settings = [
        (F(1, 2), 1, [F(1)], [F(1)]),
        (F(1, 2), 2, [F(1)], [F(3)]),
        (F(1, 3), 3, [F(1), F(1)], [F(1, 2), F(1, 3)]),
        (F(1, 2), 2, [F(2), F(1, 2)], [F(1), F(-2)]),
        (F(3, 4), 2, [F(0), F(3, 2)], [F(1), F(1, 2)]),
        (F(9, 10), 3, [F(1)], [F(0)]),
    ]
    for alpha, m, eigenvalues, theta in settings:
        for t in range(0, 5 if m == 3 else 7):
            value = moment(alpha**4, alpha, m, len(theta), eigenvalues, theta, t)
            directions = {}
            for l, s in zip(eigenvalues, theta):
                count, squared = directions.get(l, (0, F(0)))
                directions[l] = (count + 1, squared + s * s)
            yield {"eta": str(alpha**4), "m": m, "d": len(theta), "t": t, "value": str(value),
                   "directions": [{"eigenvalue": str(l), "ground_truth": str(g), "multiplicity": c}
                                  for l, (c, g) in directions.items()]}


def cosine_quantile(d, q):
    """s with P(|<x, w>| < s |x| |w|) = q for a direction uniform on the sphere in R^d, d >= 2."""
    def below(s):
        # The angle's density is proportional to sin^(d-2).
        angle = mpmath.asin(s)
        part = mpmath.quad(lambda u: mpmath.cos(u) ** (d - 2), [0, angle])
        return part / mpmath.quad(lambda u: mpmath.cos(u) ** (d - 2), [0, mp.pi / 2])
    low, high = mpf(0), mpf(1)
    for _ in range(110):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < q else (low, middle)
    return (low + high) / 2


def sign_exception(d, m, q):
    """P(|a| > s |w|), a ~ N(0, 1/m), w ~ N(0, I/d): the radius of w integrated against a's tail."""
    s = mpf(1) if d == 1 else cosine_quantile(d, q)
    scale = s * mpmath.sqrt(mpf(m) / d)
    density = lambda r: r ** (d - 1) * mpmath.exp(-r * r / 2) * 2 ** (1 - mpf(d) / 2) / mpmath.gamma(mpf(d) / 2)
    width = 1 / scale
    points = [0] + [width * k for k in (1, 2, 4, 8, 16)] + [mpmath.inf] if width < 1 else [0, 1, 4, 16, mpmath.inf]
    return mpmath.quad(lambda r: density(r) * mpmath.erfc(r * scale / mpmath.sqrt(2)), points)


def sign_cases():
    mp.dps = 40
    for d in (1, 2, 3, 5, 20):
        for m in (1, 10, 1000, 10**6):
            for q in ("1/16", "1/2", "7/8"):
                numerator, denominator = q.split("/")
                value = sign_exception(d, m, mpf(numerator) / mpf(denominator))
                yield {"d": d, "m": m, "q": q, "value": mpmath.nstr(value, 25, min_fixed=0, max_fixed=0)}


def main():
    result = {"moments": list(oscillation_cases()), "sign_exceptions": list(sign_cases())}
    text = json.dumps(result, indent=1) + "\n"
    if "--check" in sys.argv[1:]:
        if FILE.read_text() != text:
            sys.exit(f"{FILE}: differs from what is computed now")
        print(f"{FILE.name}: {len(result['moments'])} moments, {len(result['sign_exceptions'])} probabilities agree")
    else:
        FILE.write_text(text)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Holds a run's final.json against an instance's expected.json.

Usage: compare_final.py FINAL EXPECTED (digits N | enclosed)

digits N   |ours - expected| <= 10^-N max(1, |expected|) for every number
enclosed   |ours - expected| <= radius + the rounding of the two texts; radii are at most 10^-55 max(1, |expected|)

Exact arithmetic throughout; both files must hold the same keys and shapes. Prints the worst number and exits with 1 where
one is beyond.
"""

import json
import sys
from fractions import Fraction

KEYS = ["W", "a", "theta", "mean_norm", "train_loss"]


def flat(value, name):
    """(name, text) of every number in a nested list."""
    if isinstance(value, list):
        for i, entry in enumerate(value):
            yield from flat(entry, f"{name}[{i}]")
    else:
        yield name, value


def last_unit(text):
    """One unit of the last printed digit."""
    mantissa, _, exponent = text.lower().partition("e")
    _, _, decimals = mantissa.partition(".")
    return Fraction(10) ** (int(exponent or 0) - len(decimals))


def main():
    if len(sys.argv) not in (4, 5) or sys.argv[3] not in ("digits", "enclosed"):
        sys.exit(__doc__)
    final, expected = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
    if final["steps"] != expected["steps"]:
        sys.exit(f"steps: {final['steps']}, expected {expected['steps']}")
    compared = 0
    worst = (Fraction(-1), "")
    for key in KEYS:
        ours, theirs = (list(flat(table[key], key)) for table in (final, expected))
        if [name for name, _ in ours] != [name for name, _ in theirs]:
            sys.exit(f"{key}: another shape")
        radii = list(flat(final["radius"][key], key)) if sys.argv[3] == "enclosed" else [("", "0")] * len(ours)
        for (name, text), (_, expected_text), (_, radius_text) in zip(ours, theirs, radii):
            value, target, radius = Fraction(text), Fraction(expected_text), Fraction(radius_text)
            size = max(Fraction(1), abs(target))
            if sys.argv[3] == "digits":
                allowed = size / Fraction(10) ** int(sys.argv[4])
            else:
                allowed = radius + last_unit(text) + last_unit(expected_text)
                if radius > size / Fraction(10) ** 55:
                    sys.exit(f"{name}: radius {radius_text} is too wide")
            compared += 1
            worst = max(worst, (abs(value - target) / allowed, name))
    ratio, name = worst
    print(f"{compared} numbers, worst {name}: {float(ratio):.3g} of what is allowed")
    sys.exit(0 if compared > 4 and ratio <= 1 else 1)


if __name__ == "__main__":
    main()

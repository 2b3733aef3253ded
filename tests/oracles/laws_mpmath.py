#!/usr/bin/env python3
"""Rows of `escapement check` that rest on laws, and those inside Condition 1, a second way. rows_mpmath.py has the others.

  laws_mpmath.py                    writes recorded/laws.json (four minutes)
  laws_mpmath.py --tool ESCAPEMENT  runs each recorded question through the tool and compares

A record holds the arguments of one row, numbers with the place where the verdict shows them and a relative tolerance, and
`refuse`: the outcomes that contradict what is derived here. Everything is integrated directly:
  condition 1    the point from its formulas
  theorem-4.2    a short neuron's chi-square density; to leading order in slow time neurons contract as exp(-c tau)
  lemma-4.3      the start's angles and lengths, normal and chi-square densities
  lemma-4.4      the moments' recursion summed as a geometric series; unseen directions keep their start
  lemma-4.5, 4.6 the time that gradient flow takes, as an integral over theta; the drawn neurons' quantile as one integral
  identities     runs of three neurons in fractions
Points of the maps in docs/ and README are drawn with fixed seeds.
"""
import json
import pathlib
import random
import re
import subprocess
import sys
from fractions import Fraction

from mpmath import mp, mpf

sys.dont_write_bytecode = True  # nothing is written beside the sources
from laws_phase_two import lemma_45, lemma_46
from laws_question import FALSE, TRUE, real, row, sets
from laws_start import lemma_43, lemma_44, size_exception, theorem_42

RECORD = pathlib.Path(__file__).parent / "recorded" / "laws.json"


# --- identities ----------------------------------------------------------------------------------------------------

def identities():
    """Both along runs of three neurons in fractions: whether they held, at every step of 20 runs."""
    draw = random.Random(1)
    some = lambda: Fraction(draw.randint(-9, 9), draw.randint(1, 9))
    norms = moves = plain = True
    for _ in range(20):
        eta, w, a = abs(some()) + Fraction(1, 3), [[some(), some()] for _ in range(3)], [some() for _ in range(3)]
        w0, a0, gained = [row[:] for row in w], a[:], [Fraction(0)] * 3
        for _ in range(3):
            x, y = [some(), some()], some()
            along = [sum(u * v for u, v in zip(row, x)) for row in w]
            g = sum(s * u for s, u in zip(a, along)) - y
            before = a[:]
            gained = [t - g * g * (u * u - s * s * (x[0] ** 2 + x[1] ** 2)) for t, u, s in zip(gained, along, a)]
            a = [s - eta * g * u for s, u in zip(a, along)]
            w = [[u - eta * g * s * v for u, v in zip(row, x)] for row, s in zip(w, before)]
            pairs = [(g * g * u * u, (s - b) ** 2) for u, s, b in zip(along, a, before)]
            moves &= all(left == right / eta**2 for left, right in pairs)
            plain &= all(left == right for left, right in pairs)
        square = lambda row: sum(u * u for u in row)
        norms &= all(square(w[i]) == square(w0[i]) + eta**2 * gained[i] - a0[i] ** 2 + a[i] ** 2 for i in range(3))
    judged = lambda ok: TRUE if ok else FALSE
    return [row(["norm-identity", *sets(d=2, m=3, n=4, eta="1/5"), "--budget", "1s"], [], judged(norms)),
            row(["norm-identity", *sets(d=1, m=1, n=1, sigma=0, theta_norm=0), "--budget", "1s"], [], judged(norms)),
            row(["oscillation-identity", "--reading", "with-step-size", *sets(eta="3/7")], [["measured", mpf(1), 1e-12]], judged(moves)),
            row(["oscillation-identity", "--reading", "literal", *sets(eta="3/7")], [["measured", mpf(9) / 49, 1e-12]], judged(plain))]


def record():
    rows = theorem_42() + lemma_43() + lemma_44() + lemma_45() + lemma_46() + identities()
    RECORD.write_text("[\n" + ",\n".join(" " + json.dumps(each) for each in rows) + "\n]\n")
    print(f"{len(rows)} rows recorded")


# --- comparison ----------------------------------------------------------------------------------------------------

def shown(verdict, place):
    """The number at a place of the verdict; `log10 measured` is that of a probability printed as 10^(...)."""
    if place.startswith("rung"):
        _, index, field = place.split()
        return verdict["ladder"]["rungs"][int(index)][field]
    if place == "wide constant":
        return re.search(r"ceil\(1/eta\).*?The constant needed is ([^ ]+) at", verdict["basis"]).group(1)
    if place == "basis":
        return re.search(r"it is at least ([^ ]+) at every time", verdict["basis"]).group(1)
    text = verdict["measured"]
    if place == "log10 measured":
        return re.fullmatch(r"10\^\((.*)\)", text).group(1)
    return re.match(r"(?:at least |at most |1 - )?([^ ]+)", text).group(1)


def differences(record, verdict):
    if verdict["outcome"] in record["refuse"]:
        yield f"{verdict['outcome']}, which the oracle refuses"
    for place, value, tolerance in record["numbers"]:
        found, expected = mpf(shown(verdict, place)), mpf(value)
        if abs(found - expected) > tolerance * abs(expected):
            yield f"{place}: {mp.nstr(found, 15)}, here {value}"
    shown_parameters = verdict["parameters"]
    for key, value in record.get("parameters", {}).items():
        if Fraction(shown_parameters[key]) != Fraction(value):
            yield f"{key} = {shown_parameters[key]}, here {value}"
    if "parameters" in record:  # n is the least multiple of 2d with A3
        pairs, needed = 2 * int(shown_parameters["d"]), 1 / Fraction(record["parameters"]["eta"]) ** 2
        if Fraction(shown_parameters["n"]) != -(-needed // pairs) * pairs:
            yield f"n = {shown_parameters['n'][:40]}... is not the least multiple of {pairs} with A3"
    if "short" in record:
        radius = mpf(re.search(r"max \|x_k\| = ([0-9.]+)", verdict["regime"]["A5"]["detail"]).group(1))  # six digits
        keys = {key: real(value) for key, value in record["short"].items()}
        _, expected = size_exception(int(keys["d"]), keys["m"], keys["sigma"], keys["theta_norm"], radius)
        found = mpf(shown(verdict, "rung 0 measured"))
        if abs(found - expected) > 1e-5 * 2 * keys["d"] * expected:
            yield f"a short neuron: {mp.nstr(found, 10)}, here {mp.nstr(expected, 10)}"


def compare(tool):
    sys.set_int_max_str_digits(0)  # n has thousands
    wrong = numbers = 0
    records = json.loads(RECORD.read_text())
    for each in records:
        where = " ".join(each["arguments"])
        run = subprocess.run([tool, "check", *each["arguments"], "--json", "--quiet"], capture_output=True, text=True)
        if run.returncode not in (0, 1, 3):
            found = [f"exit code {run.returncode}: {run.stderr.strip()}"]
        else:
            verdicts = json.loads(run.stdout)  # a word of a reading finds all that contain it
            asked = each["arguments"][each["arguments"].index("--reading") + 1] if "--reading" in each["arguments"] else "literal"
            (verdict,) = [v for v in verdicts if v["reading"] == asked]
            found = list(differences(each, verdict))
        numbers += len(each["numbers"])
        wrong += bool(found)
        for line in found:
            print(f"{where}: {line}")
    print(f"{len(records)} rows, {numbers} numbers compared, {wrong} rows wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tool"] and len(sys.argv) == 3:
        sys.exit(compare(sys.argv[2]))
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    record()

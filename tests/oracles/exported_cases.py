#!/usr/bin/env python3
"""Runs `escapement corpus export --python` of every stored case and compares with `escapement replay`.

The exported programs use NumPy and share no code with the engine.

    exported_cases.py --tool ESCAPEMENT CORPUS            writes recorded/exported-cases.json
    exported_cases.py --tool ESCAPEMENT CORPUS --check    compares with it, and with replay; writes nothing

Tolerances. u = 2^-53. A program runs in rationals up to 6 steps, else in doubles.
* Printing 12 digits: 5e-13, relative.
* 1 - |cos| cancels: the cosine has an absolute error of a few u. 16 u, absolute, relative to sides of order 1.
* N steps in doubles: each commits about 10 roundings, which add up to 10 N u relative to the state; an unstable direction
  grows with the state itself, at most by the ratio of its last to its first size, which is below 1000 in every stored case.
  10^4 N u, relative.
* A side below 1e-300 is zero in doubles.
* For a box of starts replay encloses the sides of the whole box, and the program evaluates its centre: the enclosure's
  radius is added.

Cases about runs are random. Replay's confidence sequence holds P(fail) with probability at least 1 - alpha, so k failures
of N exported runs are compared with it by exact binomial tails of 1e-6 at its two ends. A run that diverges is no failure
for the program; replay's upper end counts such runs as possible failures. Two cases with more than 10000 steps are run
with RUNS_OF_LONG replicas instead of the program's own number.
"""
import argparse
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded" / "exported-cases.json"
U = 2.0 ** -53
TAIL = 1e-6
LONG_STEPS, RUNS_OF_LONG = 10000, 30


def run(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=300)


def shortened(program):
    sizes = re.search(r"^d, m, n, steps, runs = (\d+), (\d+), (\d+), (\d+), (\d+)$", program, re.M)
    if sizes and int(sizes[4]) > LONG_STEPS:
        start, end = sizes.span(5)
        return program[:start] + str(RUNS_OF_LONG) + program[end:]
    return program


def exported(tool, case, folder):
    """What the exported program prints, as numbers; None if there is no program for such a case."""
    file = pathlib.Path(folder) / (case.name + ".py")
    answer = run(tool, "corpus", "export", case, "--python", "--out", file)
    if answer.returncode == 2 and "about an expectation" in answer.stderr:
        return None
    assert answer.returncode == 0, (case.name, answer.stderr)
    file.write_text(shortened(file.read_text()))
    answer = run(sys.executable, file)
    assert answer.returncode in (0, 1), (case.name, answer.stderr)
    sides = re.search(r"^left (\S+), right (\S+): the claim is", answer.stdout, re.M)
    if sides:
        return {"left": float(sides[1]), "right": float(sides[2]), "violated": answer.returncode == 1}
    counts = re.search(r"^(\d+) of (\d+) runs fail \((\d+) diverge\)", answer.stdout, re.M)
    assert counts, (case.name, answer.stdout)
    return {"failures": int(counts[1]), "runs": int(counts[2]), "diverge": int(counts[3]),
            "violated": answer.returncode == 1}


def close(a, b, steps, radius=0.0):
    if max(abs(a), abs(b)) < 1e-300:
        return True
    relative = 5e-13 + (0 if steps <= 6 else 1e4 * steps * U)
    return abs(a - b) <= relative * max(abs(a), abs(b)) + 16 * U + radius


def binomial_tail(k, n, p, upper):
    """P(X >= k) or P(X <= k) of the binomial law."""
    if p <= 0 or p >= 1:
        certain = n if p >= 1 else 0
        return float(certain >= k if upper else certain <= k)
    chosen = range(k, n + 1) if upper else range(0, k + 1)
    log = [math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1) + j * math.log(p)
           + (n - j) * math.log1p(-p) for j in chosen]
    return math.fsum(map(math.exp, log))


def enclosure(text):  # "0.96 +/- 1e-38", "0.96": midpoint and radius
    parts = text.split()
    return float(parts[0]), float(parts[2]) if len(parts) == 3 else 0.0


def faults(tool, case, got, before):
    replay = json.loads(run(tool, "replay", case, "--json").stdout)
    if (got is None) != (before is None):
        return [f"recorded {before}, now {got}"]
    if got is None:
        return []
    found = []
    if got["violated"] != (replay["outcome"] == "reproduced"):
        found.append(f"violated {got['violated']}, replay says {replay['outcome']}")
    if got["violated"] != before["violated"]:
        found.append("recorded with the other outcome")
    if "left" in got:
        steps = json.loads(case.read_text())["values"]["steps"]
        for side in ("left", "right"):
            middle, radius = enclosure(replay[side])
            if not close(got[side], middle, steps, radius):
                found.append(f"{side} {got[side]}, replay {replay[side]}")
            if not close(got[side], before[side], steps):
                found.append(f"{side} {got[side]}, recorded {before[side]}")
        return found
    test = json.loads(case.read_text())["test"]
    low, high = float(test["low"]), float(test["high"])
    for counts in (got, before):
        k, n = counts["failures"], counts["runs"]
        if binomial_tail(k, n, high, True) < TAIL or binomial_tail(k + counts["diverge"], n, low, False) < TAIL:
            found.append(f"{k} of {n} runs fail, replay's P(fail) is in [{low}, {high}]")
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    results = {}
    cases = sorted(arguments.corpus.glob("*.json"))
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            results[case.name] = exported(arguments.tool, case, folder)
    if not arguments.check:
        RECORDED.write_text(json.dumps(results, indent=1) + "\n")
        return 0
    recorded = json.loads(RECORDED.read_text())
    wrong = [] if recorded.keys() == results.keys() else [f"cases: {sorted(recorded.keys() ^ results.keys())}"]
    for case in cases:
        if case.name in recorded:
            wrong += [f"{case.name}: {fault}" for fault in
                      faults(arguments.tool, case, results[case.name], recorded[case.name])]
    for fault in wrong:
        print(fault)
    print(f"{len(cases)} cases, {len(wrong)} faults")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main())

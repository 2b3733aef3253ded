#!/usr/bin/env python3
"""Rows of `escapement check` that count runs, by the other state: (W, a) neuron by neuron in Python's floats.

  runs_recursion.py                    writes recorded/runs.json (two minutes)
  runs_recursion.py --tool ESCAPEMENT  asks the tool for the same replicas and compares

Data, start, samples and noise are drawn again from their description in docs/concepts/randomness.md: Philox4x32-10 written
down from [Salmon2011], the normal quantile from Python's `statistics`. A record holds the arguments of a row, which of the
first replicas fail, and words that the verdict's text has to hold. The tool stops when its test decides: compared is the
number of failures among as many replicas as it took. Nothing is near a border by less than rounding: both sides of every
comparison that decides a replica are further apart than MARGIN, else the record is not written.
"""
import json
import math
import pathlib
import statistics
import subprocess
import sys

RECORD = pathlib.Path(__file__).parent / "recorded" / "runs.json"
MARGIN = 1e-9
SEED = 1
INPUTS, GROUND_TRUTH, START, STEP = 1, 2, 3, 4
quantile = statistics.NormalDist().inv_cdf


# --- draws ---------------------------------------------------------------------------------------------------------

def philox(counter, key):
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ c3 ^ k1, p0 & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0 | c1 << 32, c2 | c3 << 32


def bits(replica, purpose, major, minor):
    return philox((minor, major & 0xFFFFFFFF, (major >> 32) + (purpose << 16), replica), (SEED & 0xFFFFFFFF, SEED >> 32))


def gaussian(word):
    cell = word >> 11
    if cell >= 2**52:
        return -quantile((2**53 - 1 - cell + 0.5) / 2**53)
    return quantile((cell + 0.5) / 2**53)


def gaussians(replica, purpose, major, count):
    pairs = [bits(replica, purpose, major, p) for p in range((count + 1) // 2)]
    return [gaussian(word) for pair in pairs for word in pair][:count]


class Diverged(Exception):
    pass


class Run:
    """One replica, step by step."""

    def __init__(self, replica, d, m, n, eta, sigma, theta_norm, rho=None):
        self.replica, self.d, self.m, self.n, self.eta, self.sigma, self.rho, self.t = replica, d, m, n, eta, sigma, rho, 0
        direction = gaussians(replica, GROUND_TRUTH, 0, d)
        length = math.sqrt(sum(v * v for v in direction))
        self.target = [theta_norm * v / length for v in direction]
        self.x = [gaussians(replica, INPUTS, k, d) for k in range(n)]
        self.y = [dot(self.target, x) for x in self.x]
        rows = [gaussians(replica, START, i, d + 1) for i in range(m)]
        self.w = [[v / math.sqrt(d) for v in row[:d]] for row in rows]
        self.a = [row[d] / math.sqrt(m) for row in rows]
        self.w0 = self.w

    def step(self):
        low, high = bits(self.replica, STEP, self.t, 0)
        k, noise = low * self.n >> 64, -self.sigma if high & 1 else self.sigma
        x, w, a = self.x[k], self.w, self.a
        along = [dot(row, x) for row in w]
        g = dot(a, along) - self.y[k] - noise
        if abs(g) > 2.0**150:
            raise Diverged
        if self.rho is not None:  # SAM: the gradient at the perturbed weights, with the same sample and noise
            squared = dot(x, x)
            length = abs(g) * math.sqrt(sum(p * p for p in along) + dot(a, a) * squared)
            if length > 0:
                scale = self.rho * g / length
                moved = [p + scale * s * squared for p, s in zip(along, a)]
                a, along = [s + scale * p for s, p in zip(a, along)], moved
                g = dot(a, along) - self.y[k] - noise
        pace = self.eta * g
        self.w = [[u - pace * s * v for u, v in zip(row, x)] for row, s in zip(w, a)]
        self.a = [s - pace * p for s, p in zip(self.a, along)]
        self.t += 1

    def theta(self):
        return [sum(s * row[j] for s, row in zip(self.a, self.w)) for j in range(self.d)]

    def moved(self, i):
        return math.dist(self.w[i], self.w0[i]) * math.sqrt(self.m)

    def lazy(self):
        return not any(above(self.moved(i), 1) for i in range(self.m))


def dot(u, v):
    return sum(p * q for p, q in zip(u, v))


def above(x, y):
    assert abs(x - y) > MARGIN * max(abs(x), abs(y)), f"{x} against {y}: too near to decide"
    return x > y


def escape_time(m, eta, sigma):
    return math.ceil(384 * math.sqrt(math.log(m)) / (sigma**2 * eta**2 * math.sqrt(m)))


# --- rows ----------------------------------------------------------------------------------------------------------

def sets(**keys):
    return [word for key, value in keys.items() for word in ("--set", f"{key}={value}")]


def number(text):
    top, _, bottom = str(text).partition("/")
    return float(top) / float(bottom or 1)


def runs(keys, count, **more):
    numbers = {k: number(v) for k, v in keys.items()}
    for r in range(count):
        yield Run(r, int(numbers["d"]), int(numbers["m"]), int(numbers["n"]), numbers["eta"], numbers["sigma"], numbers["theta_norm"], **more)


def first_exits():
    rows = []
    for keys in (dict(d=3, m=5, n=4, eta="1/50", sigma=1, theta_norm=1), dict(d=2, m=30, n=9, eta="1/100", sigma=2, theta_norm="1/3"),
                 dict(d=6, m=12, n=20, eta="1/200", sigma=3, theta_norm=0)):
        (run,) = runs(keys, 1)
        while run.lazy():
            run.step()
        rows.append({"arguments": ["lazy-regime", *sets(**keys)], "measured": f"first exit at step {run.t}"})
    return rows


def escapes():
    rows, count = [], 12
    for keys in (dict(d=2, m=6, n=5, eta="1/20", sigma=2, theta_norm="1/2"), dict(d=1, m=12, n=3, eta="1/20", sigma=3, theta_norm="1/4"),
                 dict(d=5, m=8, n=12, eta="1/25", sigma=3, theta_norm="3/4")):
        fails = {"literal": [], "norm-floor": [], "fraction": []}
        for run in runs(keys, count):
            try:
                for _ in range(escape_time(run.m, run.eta, run.sigma)):
                    run.step()
            except Diverged:  # counts for neither side
                for failed in fails.values():
                    failed.append(None)
                continue
            inside = [not above(run.moved(i), 1) for i in range(run.m)]
            fails["literal"].append(any(inside))
            fails["norm-floor"].append(any(stays and above(math.hypot(*w), 0.5) for stays, w in zip(inside, run.w0)))
            fails["fraction"].append(inside[0])
        rows += [{"arguments": ["theorem-4.2", "--reading", reading, "--constant", "3", *sets(**keys, replicas=count)], "fails": failed}
                 for reading, failed in fails.items()]
    return rows


def state_of(run):
    """Of each neuron over the 2 n cases: share positive, share at most -(sigma/4)^2, and the largest DeltaW."""
    theta, result = run.theta(), []
    residuals = [dot(theta, x) - y for x, y in zip(run.x, run.y)]
    for w, a in zip(run.w, run.a):
        values = []
        for x, r in zip(run.x, residuals):
            gain = a * a * dot(x, x) - dot(w, x) ** 2
            values += [(r - run.sigma) ** 2 * gain, (r + run.sigma) ** 2 * gain]
        result.append((sum(above(v, 0) for v in values) / len(values),
                       sum(not above(v, -((run.sigma / 4) ** 2)) for v in values) / len(values), max(0.0, *values)))
    return result


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def diminishing():
    rows, count = [], 10
    for keys, constant in ((dict(d=2, m=60, n=10, eta="1/50", sigma=2, theta_norm="1/3"), 5), (dict(d=1, m=16, n=6, eta="1/40", sigma=1, theta_norm=1), 2),
                           (dict(d=2, m=50, n=3, eta="1/30", sigma="1/2", theta_norm=2), 20)):
        readings = [(clause, reading) for clause in ("1a", "1b", "2a", "2b") for reading in ("literal", "typical")]
        fails = {key: [] for key in readings}
        for run in runs(keys, count):
            q = 2 * math.sqrt(run.d / math.pi) * run.m ** (-1 / 8)
            broken = dict.fromkeys(readings, False)
            last = escape_time(run.m, run.eta, run.sigma)
            while run.t <= last and run.lazy():
                positive, sized, largest = zip(*state_of(run))
                for clause in ("1a", "2a"):
                    broken[clause, "literal"] |= above(max(positive), q)
                    broken[clause, "typical"] |= above(mean(positive), q)
                broken["1b", "literal"] |= min(sized) < 1 / 4
                broken["1b", "typical"] |= mean(sized) < 1 / 4
                broken["2b", "literal"] |= above(max(largest), constant)
                broken["2b", "typical"] |= above(mean(largest), constant)
                run.step()
            for key in readings:
                fails[key].append(broken[key])
        rows += [{"arguments": ["lemma-4.3", "--clause", clause, "--reading", reading, "--constant", str(constant), *sets(**keys, replicas=count)],
                  "fails": failed} for (clause, reading), failed in fails.items()]
    return rows


def phases():
    rows, count, steps, records = [], 8, 4000, 200
    for keys, rho in ((dict(d=8, m=20, n=40, eta="1/50", sigma="1/10", theta_norm=1), "1/4"), (dict(d=9, m=24, n=40, eta="1/60", sigma="1/50", theta_norm="1/3"), "1/10"),
                      (dict(d=9, m=24, n=40, eta="1/60", sigma="1/50", theta_norm="1/4"), "1/4")):
        failed, words = [], ""
        for run in runs(keys, count, rho=number(rho)):
            length, seen = math.hypot(*run.target), {}
            begun = mean(math.hypot(*w) for w in run.w)
            for _ in range(records + 1):
                if "shrunk" not in seen and above(begun / 2, mean(math.hypot(*w) for w in run.w)):
                    seen["shrunk"] = run.t
                cosines = (abs(dot(w, run.target)) / (math.hypot(*w) * length) for w in run.w)
                if "aligned" not in seen and above(mean(cosines), 1 / 2):
                    seen["aligned"] = run.t
                if run.t < steps:
                    for _ in range(steps // records):
                        run.step()
            near = not above(math.dist(run.theta(), run.target), length / 10)
            failed.append(not ("shrunk" in seen and "aligned" in seen and seen["shrunk"] < seen["aligned"] and near))
            words = words or (f"the mean norm is halved at step {seen.get('shrunk', 'never')}, the mean |cosine| passes one half at "
                              f"step {seen.get('aligned', 'never')},")
        rows.append({"arguments": ["sam-phases", *sets(**keys, rho=rho, steps=steps, replicas=count)], "fails": failed, "basis": words})
    return rows


def record():
    rows = first_exits() + escapes() + diminishing() + phases()
    for row in rows:
        if "fails" in row:
            row["fails"] = "".join({True: "x", False: ".", None: "?"}[failed] for failed in row["fails"])
    RECORD.write_text("[\n" + ",\n".join(" " + json.dumps(row) for row in rows) + "\n]\n")
    print(f"{len(rows)} rows recorded")


def differences(row, verdict):
    if "measured" in row and verdict["measured"] != row["measured"]:
        yield f"{verdict['measured']}, here {row['measured']}"
    if row.get("basis", "") not in verdict["basis"]:
        yield f"{verdict['basis']}: not here, where {row['basis']}"
    if "fails" in row and verdict["outcome"] != "vacuous":
        sample, trials = verdict["sample"], verdict["trials"]
        if not 1 <= trials <= len(row["fails"]):
            yield f"{trials} trials of {len(row['fails'])}"
        here = [row["fails"][:trials].count(sign) for sign in "x?"]
        if [sample["failures"], sample["ambiguous"]] != here:
            yield f"{sample['failures']} of {trials} fail, {sample['ambiguous']} for neither side; here {here[0]} and {here[1]}"


def compare(tool):
    wrong = counted = 0
    rows = json.loads(RECORD.read_text())
    for row in rows:
        run = subprocess.run([tool, "check", *row["arguments"], "--json", "--quiet"], capture_output=True, text=True)
        if run.returncode not in (0, 1, 3):
            found = [f"exit code {run.returncode}: {run.stderr.strip()}"]
        else:
            asked = row["arguments"][row["arguments"].index("--reading") + 1] if "--reading" in row["arguments"] else "literal"
            (verdict,) = [v for v in json.loads(run.stdout) if v["reading"] == asked]
            counted += verdict["trials"] or 0
            found = list(differences(row, verdict))
        wrong += bool(found)
        for line in found:
            print(f"{' '.join(row['arguments'])}: {line}")
    print(f"{len(rows)} rows, {counted} replicas compared, {wrong} rows wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tool"] and len(sys.argv) == 3:
        sys.exit(compare(sys.argv[2]))
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    record()

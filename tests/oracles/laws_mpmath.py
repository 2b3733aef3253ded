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
from laws_flow import aligned_deficit, cosine_quantile, flow_end, turning_quantile

mp.dps = 40
RECORD = pathlib.Path(__file__).parent / "recorded" / "laws.json"
FALSE, TRUE, TRUE_AT_START = ["holds", "supported", "vacuous"], ["violated", "vacuous"], ["holds", "violated", "vacuous"]


def real(text):
    f = Fraction(text)
    return mpf(f.numerator) / f.denominator


def sets(**keys):
    return [word for key, value in keys.items() for word in ("--set", f"{key}={value}")]


def row(arguments, numbers, refuse):
    return {"arguments": arguments, "numbers": [[place, mp.nstr(value, 15), tolerance] for place, value, tolerance in numbers],
            "refuse": refuse}


# --- Condition 1 ---------------------------------------------------------------------------------------------------

class Point:
    """docs/concepts/inside.md: inputs on the sphere of radius R, eta = 10^-k, k the least multiple of 8 with A2."""

    def __init__(self, d, c_data=None):
        self.d = d
        self.radius_squared = mpf(d) if c_data is None else real(c_data) ** 2
        c_data = mp.ceil(mp.sqrt(d)) if c_data is None else real(c_data)
        part = 3 / (4 * mp.sqrt(mp.pi))
        kappa = 2 * (1 - part) / ((mpf(1) / 2 - part) * mp.sqrt(mp.pi))
        log_c = max(8 * mp.log10(kappa * mp.sqrt(d)), c_data**2 / mp.log(10))
        self.k = 8 * int(mp.ceil(96 * log_c / 8))
        self.covariance = self.radius_squared / d
        self.eta, self.m, self.theta = mpf(10) ** -self.k, mpf(10) ** (self.k // 2), mpf(10) ** (-self.k // 8)
        self.parameters = {"eta": f"1e-{self.k}", "m": f"1e{self.k // 2}", "theta_norm": f"1e-{self.k // 8}"}


def inside(point, arguments, numbers, refuse, c_data=None):
    result = row([*arguments, "--inside", *sets(d=point.d), *(["--c-data", c_data] if c_data else [])], numbers, refuse)
    return {**result, "parameters": point.parameters}


# --- Theorem 4.2 ---------------------------------------------------------------------------------------------------

def short_neuron(d, m, covariance):
    """P(|w(0)| (1 - exp(-c tau)) < 1/sqrt(m)) to leading order, w ~ N(0, I/d), tau = 192 sqrt(log m)/sqrt(m)."""
    reach = 1 / (192 * covariance * mp.sqrt(mp.log(m)))
    density = lambda r: r ** (d - 1) * mp.exp(-d * (reach * r) ** 2 / 2)  # of |w|/reach, up to its constant
    return mp.quad(density, [0, 1]) * 2 * (mpf(d) / 2 * reach * reach) ** (mpf(d) / 2) / mp.gamma(mpf(d) / 2)


def theorem_42():
    rows, draw = [], random.Random(42)
    for _ in range(20):  # of the map over d = 4..12 and sigma = 1/10..4; sigma does not enter
        d, sigma = draw.randint(4, 12), Fraction(draw.randint(1, 40), 10)
        point = Point(d)
        p = short_neuron(d, point.m, mpf(1))
        rows.append(inside(point, ["theorem-4.2", "--reading", "fraction", *sets(sigma=sigma)], [["rung 0 measured", p, 1e-9]], FALSE))
    for d, c_data in ((10, None), (4, "5"), (7, "9/2"), (12, "8")):
        point = Point(d, c_data)
        p = short_neuron(d, point.m, point.covariance)
        rows.append(inside(point, ["theorem-4.2", "--reading", "literal"], [["log10 measured", -point.m * p / mp.log(10), 1e-3]], FALSE, c_data))
        rows.append(inside(point, ["theorem-4.2", "--reading", "norm-floor"], [], TRUE, c_data))
    for d in (1, 3, 8):
        m = mpf(10) ** max(100, 10 * d)
        p = short_neuron(d, m, mpf(1))
        tolerance = 1e-9 if d > 1 else 1e-3
        rows.append(row(["theorem-4.2", "--reading", "limit-fraction", *sets(d=d)], [["rung 0 measured", p, tolerance]], FALSE))
        rows.append(row(["theorem-4.2", "--reading", "limit", *sets(d=d)], [["log10 measured", -m * p / mp.log(10), 1e-3]], FALSE))
    rows.append(row(["theorem-4.2", "--reading", "limit-norm-floor", *sets(d=5)], [], TRUE))
    return rows


# --- Lemma 4.3 at the start ----------------------------------------------------------------------------------------

def normal(t):
    return mp.exp(-t * t / 2) / mp.sqrt(2 * mp.pi)


def sign_exception(d, m):
    """P(some neuron has P(|cos(x, w)| < |a|/|w|) > q), q = rho m^(-1/8)."""
    q = 2 * mp.sqrt(d) / mp.sqrt(mp.pi) * m ** (-mpf(1) / 8)
    s = cosine_quantile(d, q)
    scale = d / (m * s * s)  # |w| < |a|/s: chi-square_d < scale t^2 with a = t/sqrt(m)
    size = scale ** (mpf(d) / 2)  # quad's errors are absolute: integrands of order one
    short = lambda t: 2 * normal(t) * mp.gammainc(mpf(d) / 2, 0, scale * t * t / 2, regularized=True) / size
    one = size * mp.quad(short, [0, 1, 2, 4, 8, 16])
    return -mp.expm1(m * mp.log1p(-one)) if one > mpf(10) ** -(mp.dps // 2) else m * one


def size_exception(d, m, sigma, theta, radius):
    """A lower bound: |theta(0)| <= 2 three times in four, and then a neuron this short breaks 1b in every case."""
    reach = sigma / (4 * radius * (sigma + radius * (2 + theta)))
    p = mp.gammainc(mpf(d) / 2, 0, d * reach**2 / 2, regularized=True)
    return p, min(mpf(1), m * p) / 4


def lemma_43():
    rows = []
    for d in (2, 3, 4, 5, 6, 8, 13):
        first = 64 * (int(mp.ceil(256 * mpf(d) ** 4 / mp.pi**4)) + 1)
        numbers = [[f"rung {i} measured", sign_exception(d, mpf(max(first, 1000) * 8**i)), 1e-6] for i in (0, 2, 4)]
        for clause in ("1a", "2a"):
            rows.append(row(["lemma-4.3", "--clause", clause, "--reading", "limit", *sets(d=d)], numbers, FALSE if d <= 5 else TRUE_AT_START))
    for d, c_data in ((4, None), (5, None), (6, None), (10, None), (11, "6")):
        point = Point(d, c_data)
        numbers = [[f"rung {i} measured", sign_exception(d, point.m * mpf(10) ** (50 * i)), 1e-6] for i in (0, 3)]
        rows.append(inside(point, ["lemma-4.3", "--clause", "1a", "--reading", "literal"], numbers, FALSE if d <= 5 else TRUE_AT_START, c_data))
        ratio = mp.sqrt(d / point.m)  # |<x, w>| < |a| |x| as |N1| < |N2| ratio
        share = ratio * mp.quad(lambda t: 2 * normal(t) * mp.erf(t * ratio / mp.sqrt(2)) / ratio, [0, 1, 4, 16])
        rows.append(inside(point, ["lemma-4.3", "--clause", "2a", "--reading", "typical"], [["measured", share, 1e-3]], TRUE, c_data))
        rows.append(inside(point, ["lemma-4.3", "--clause", "1b", "--reading", "literal"], [["rung 0 measured", mpf(1) / 4, 1e-9]], FALSE, c_data))
        least = mp.quad(normal, [mp.sqrt(d / point.radius_squared) / 4, 2, 4, 16])  # half of both sides
        rows.append(inside(point, ["lemma-4.3", "--clause", "1b", "--reading", "typical"], [["measured", least, 1e-3]],
                           TRUE if least > 0.25 else [], c_data))
    for d, m in ((20, 1000), (2, 1000), (6, 500)):  # 1b: the input's radius is read off the verdict
        keys = dict(d=d, m=m, sigma="3/2", theta_norm="1/3")
        rows.append({**row(["lemma-4.3", "--clause", "1b", "--reading", "limit", *sets(**keys)], [], FALSE),
                     "short": {k: str(v) for k, v in keys.items()}})
    for d, m, clause in ((20, 420494, "1a"), (20, 420495, "1a"), (3, 212, "2a"), (3, 213, "2a"), (1, 2, "1a"), (1, 3, "1a")):
        claims = 256 * d**4 < m * mp.pi**4
        rows.append(row(["lemma-4.3", "--clause", clause, "--reading", "literal", "--constant", "1", "--budget", "0.001s", *sets(d=d, m=m)],
                        [], ["vacuous"] if claims else ["holds", "violated", "supported", "undecided"]))
    return rows


# --- Lemma 4.4 -----------------------------------------------------------------------------------------------------

def mean_square(eta, theta, m, shares):
    """t -> E (1/m) sum |w_i(t)|^2. k neurons are active at even steps, the others at odd ones; of the active ones
    V <- V (1 - 2 eta^(3/2) + k eta^3) + k eta^(5/2) |theta*|^2, V their sum of squares, 1 each at the start."""
    root = mp.sqrt(eta)
    rate, noise = eta * root, eta * eta * root * theta**2

    def each(k, steps):  # V/k after `steps` active steps
        shrink = 2 * rate - k * rate**2
        left = mp.exp(steps * mp.log1p(-shrink))
        return left + noise * (1 - left) / shrink

    return lambda t: sum(w * k * (each(k, (t + 1) // 2) + each(k, t // 2)) for k, w in shares) / m


def lemma_44():
    rows, draw = [], random.Random(444)
    for _ in range(20):  # of the map in README: theta_norm = 1/4..64, eta = 1e-8..1/4
        eta = Fraction(1, int(round(4 * (2.5e7) ** draw.random())))
        theta = Fraction(int(round(8 * 0.25 * 256 ** draw.random())), 8)
        with mp.workdps(25):
            e, t = real(eta), real(theta)
            m = int(mp.ceil(1 / mp.sqrt(e)))
            spread = [k for k in range(m + 1) if abs(k - m / 2) <= 6 * m**0.5 + 1]
            weight = mp.binomial(m, spread[0]) / mpf(2) ** m
            shares = []
            for k in spread:
                shares.append((k, weight))
                weight = weight * (m - k) / (k + 1)
            value, last = mean_square(e, t, m, shares), int(1 / (eta * eta))
            reached = value(last) <= mp.sqrt(e)
            low, high = 0, last
            while reached and low < high:  # one rate, from 1 downwards: it falls all the time
                middle = (low + high) // 2
                low, high = (low, middle) if value(middle) <= mp.sqrt(e) else (middle + 1, high)
            rows.append(row(["lemma-4.4", *sets(d=3, n="fresh", eta=eta, theta_norm=theta)],
                            [["measured", mpf(low), 1e-14] if reached else ["basis", min(value(0), value(last)), 1e-3]], TRUE if reached else FALSE))
    for d, n, eta in ((5, 3, "1/16"), (8, 1, "1/9"), (40, 30, "1/100")):  # (d - n)/d > sqrt(eta) is never left
        rows.append(row(["lemma-4.4", *sets(d=d, n=n, eta=eta)], [], FALSE))
    return rows


# --- Lemmas 4.5 and 4.6 --------------------------------------------------------------------------------------------

def width(eta):
    return int(mp.ceil(1 / mp.sqrt(eta)))


def rungs(eta):
    """The row's eta, its square, ..., until 10^-640 or less, and the widths there."""
    etas = [Fraction(eta)]
    while etas[-1] > Fraction(1, 10**640):
        etas.append(etas[-1] ** 2)
    with mp.workdps(900):  # widths have hundreds of digits
        return [real(x) for x in etas], [width(real(x)) for x in etas]


def turned(eta, theta, d, m, covariance=mpf(1)):
    """The 90% quantile of 1 - |cos| at flow time ln(1/eta)/|theta*|."""
    total = m * eta * (mpf(1) / 3 + mpf(1) / (d + 2))
    s, _ = flow_end(theta, total, total, covariance * mp.log(1 / eta) / theta)
    y = (2 * s + mp.sqrt(4 * s * s + total * total)) / total
    return aligned_deficit(4 * turning_quantile(d, mpf(9) / 10) / y)


def lemma_45():
    rows, draw = [], random.Random(45)
    points = [("1/4", 3, "1e-5"), ("1/4", 3, "1e-150")]
    points += [(str(Fraction(draw.randint(2, 16), 8)), draw.randint(2, 30), f"1/{draw.randint(20, 10**5)}") for _ in range(6)]
    for theta, d, eta in points:
        etas, widths = rungs(eta)
        numbers = []
        for i in sorted({0, len(etas) // 2, len(etas) - 1}):
            x = etas[i]
            deficit = turned(x, real(theta), d, widths[i])
            numbers += [[f"rung {i} measured", deficit, 1e-3], [f"rung {i} constant", deficit / (mp.log(1 / x) * mp.sqrt(x)), 1e-3]]
        rows.append(row(["lemma-4.5", "--reading", "flow-time+generic", *sets(d=d, theta_norm=theta, eta=eta), "--budget", "0.0001s"], numbers, TRUE))
    for reading in ("literal", "flow-time", "generic"):
        for d in (2, 5):
            rows.append(row(["lemma-4.5", "--reading", reading, *sets(d=d, eta="1/150", theta_norm="1/2"), "--budget", "1s"], [], FALSE))
    for d, c_data in ((10, None), (5, None), (8, "7/2"), (12, "6")):
        point = Point(d, c_data)
        apart = 1 - cosine_quantile(d, mpf(1) / 10)  # of drawn neurons that do not move
        for reading, numbers, refuse in (
                ("literal", [["rung 0 measured", 1 - 1 / mp.sqrt(2), 1e-9]], FALSE), ("flow-time", [["rung 0 measured", mpf(1), 1e-9]], FALSE),
                ("generic", [["rung 0 measured", apart, 1e-9]], FALSE),
                ("flow-time+generic", [["rung 0 measured", turned(point.eta, point.theta, d, point.m, point.covariance), 1e-3]], ["violated"])):
            rows.append(inside(point, ["lemma-4.5", "--reading", reading], numbers, refuse, c_data))
    return rows


def closed_in(eta, theta, m):
    """|theta(t3) - theta*|: one growing neuron with p^2 = eta, all others q^2 = 4 eta."""
    return flow_end(theta, eta, 4 * eta * (m - 1), mp.log(1 / eta) / theta**2)[1]


def lemma_46():
    rows, draw = [], random.Random(4646)
    points = [(theta, eta) for theta in ("1/2", "49/50", "1", "51/50", "17/16", "11/10", "2") for eta in ("1e-2", "1e-640")]
    points += [(str(Fraction(draw.randint(50, 400), 100)), f"1/{draw.randint(10, 1000)}") for _ in range(20)]
    for theta, eta in points:
        etas, widths = rungs(eta)
        numbers = []
        for i in sorted({0, 1, 3, len(etas) - 1} if eta in ("1e-2", "1e-640") else {0, 3}):
            if i >= len(etas):
                continue
            x = etas[i]
            distance = closed_in(x, real(theta), widths[i])
            numbers += [[f"rung {i} measured", distance, 1e-6], [f"rung {i} constant", distance / (x * mp.log(1 / x)), 1e-6]]
        rows.append(row(["lemma-4.6", "--clause", "1", "--reading", "non-degenerate+population", *sets(eta=eta, theta_norm=theta), "--budget", "0.01s"],
                        numbers, TRUE if Fraction(theta) <= 1 else FALSE))
    for theta in ("1/3", "5/2"):  # starts too small to grow, and those that stay aligned on the population
        for reading in ("literal", "population"):
            rows.append(row(["lemma-4.6", "--clause", "1", "--reading", reading, *sets(eta="1/40", theta_norm=theta, d=3), "--budget", "5s"],
                            [["measured", real(theta), 2e-3]], FALSE))
        for reading in ("population", "non-degenerate+population"):
            rows.append(row(["lemma-4.6", "--clause", "2", "--reading", reading, *sets(eta="1/40", theta_norm=theta, d=3), "--budget", "1s"], [], TRUE))
    for i in range(20):  # of the map over C_data = 4..8, inputs on that sphere
        c_data = str(Fraction(draw.randint(400, 800), 100))
        point = Point(10, c_data)
        reading = ("non-degenerate", "literal")[i % 2]
        numbers = [["measured", point.theta, 1e-9]] if reading == "literal" else []
        rows.append(inside(point, ["lemma-4.6", "--clause", "1", "--reading", reading], numbers, FALSE if reading == "literal" else TRUE, c_data))
    return rows


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
    text = verdict["measured"]
    if place == "basis":
        return re.search(r"it is at least ([^ ]+) at every time", verdict["basis"]).group(1)
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

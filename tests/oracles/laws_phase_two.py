"""Lemmas 4.5 and 4.6 by the clock of gradient flow, outside and inside Condition 1. For laws_mpmath.py."""
import random
from fractions import Fraction

from mpmath import mp, mpf

from laws_flow import aligned_deficit, cosine_quantile, flow_end, turning_quantile
from laws_question import FALSE, TRUE, Point, inside, real, row, sets


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
        wide = turned(etas[0], real(theta), d, -int(-1 // Fraction(eta))) if eta != "1e-150" else None
        if wide is not None:
            numbers.append(["wide constant", wide / (mp.log(1 / etas[0]) * mp.sqrt(etas[0])), 1e-3])
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

"""Theorem 4.2 as m grows, Lemma 4.3's laws at the start, and Lemma 4.4's moments. For laws_mpmath.py."""
import random
from fractions import Fraction

from mpmath import mp, mpf

from laws_flow import cosine_quantile
from laws_question import FALSE, TRUE, TRUE_AT_START, Point, inside, real, row, sets


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

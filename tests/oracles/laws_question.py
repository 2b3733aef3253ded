"""What the laws' oracles share: a row's arguments, the numbers to compare, and points inside Condition 1 from its formulas."""
from fractions import Fraction

from mpmath import mp, mpf

mp.dps = 40
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
